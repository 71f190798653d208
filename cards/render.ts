/** Everything that draws: data in, card out. */
export { type CardRules, renderApproval, renderSecondApproval } from './approval';
export { BOARD_FROM, renderBoard } from './board';
export { renderCall } from './call';
export type { Card, Viewer } from './card';
export {
  type Given,
  LIST_LENGTH,
  type ListRow,
  listRow,
  renderChosen,
  renderGathered,
  renderHelp,
  renderList,
  renderPassAsked,
  renderPaused,
  renderPeople,
  renderPick,
} from './chat';
export { renderDialogAsked, renderDialogPeople, renderDialogPick } from './dialog';
export { type GroupAlert, renderGroupAlert } from './group-alert';
export { renderGuide } from './guide';
export { type GuideLink, renderHandOver } from './hand-over';
export { renderLanguages } from './languages-card';
export { renderNeutral } from './neutral';
export { renderNotice } from './notice';
export { type Choice, renderRecover, renderRecoverAsked, renderRecoverWhom } from './recovery';
export { refusalText } from './refusal';
export { renderApproverStatus, renderRequest } from './status';
export { inLanguage, type Language } from './strings/language';
export { languageFor, languageNamed, languages, ownName, useLanguages } from './strings/languages';
export { type Route, routes, t } from './strings/strings';
export { renderStuck, type StuckTalk } from './stuck';
export { summaryOf } from './summary';
export { plain, type Safe } from './text';
export { type ActionData, type Verb, verbs } from './verbs';
export { knownZone } from './when';
