/** Everything that draws: data in, card out. */
export { type CardRules, renderApproval, renderSecondApproval } from './approval';
export type { Card, Viewer } from './card';
export { LIST_LENGTH, type ListRow, listRow, renderChosen, renderHelp, renderList, renderPeople } from './chat';
export { type GuidePlace, renderGuide } from './guide';
export { renderHandOver } from './hand-over';
export { renderNotice } from './notice';
export { refusalText } from './refusal';
export { renderApproverStatus, renderRequest } from './status';
export { type Route, routes, t } from './strings/strings';
export { summaryOf } from './summary';
export { plain } from './text';
export { type ActionData, type Verb, verbs } from './verbs';
export { knownZone } from './when';
