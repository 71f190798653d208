import type { GuideLink } from '../render';

/** A link of nobody, with its picture. */
export const guideLink: GuideLink = {
  url: 'https://onboard.example.com/g#q0E9vQm3nY7uT5rK1sZ8wX2cB4a',
  qr: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAPYAAAD2AQAAAADNaUdlAAABmElEQVR42u2ZUW7EIAxER+IAHImrcyQOgDSVx06Wrbb9ttugKBt4/FjG9pgFfx94+MP/OIeN0cgNcA0ucNlSK8Ltd40NbAxb7zaN9RJ8oRkf9u5hpVtciJtZnPrQuxwHdqeWJ2txna+mjeT84fzl5RHf63w+xH9a7sOMu+Kjfci/ebl7BhjkFI8s1Ypwjwxzi+J799jFIlzxYT4BItwBc1QVTtJmy3xizpGt5KzCPZq32TRNZXTl137W59R8u6bQ4XJxpER7+yc75wrjQiLZx5v/knOLZvPMdEf5aIf92bmZBeWn8JWrpDJcCdUTrZTFfFW5Cpyur23XvHZh9/P8Jedm07Ucx+0tvnNzJVdA9nmI+7TV4ZZcdaxwKYutWl2Ce0EwTSGVLV8NFOL0yJi3vsZ7/UjOgeiP99VieomowqO/oZe4cXUMowq/77fMURhUi4nOKjzutzy49TSZW4arvt1XLLpcOfNrDU5vkbXRKzaLcTUHkqttnfo0PXeJIYkUt3T92/1Kau7xDXXG5/1QK8Kf/3ce/l/5FzQH6pC7Qpx0AAAAAElFTkSuQmCC',
};
