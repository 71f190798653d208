/** Everything that draws: data in, card out. */
export { type CardRules, renderApproval, renderSecondApproval } from './approval';
export type { Card, Viewer } from './card';
export { LIST_LENGTH, type ListRow, listRow, renderChosen, renderHelp, renderList, renderPeople } from './chat';
export { type GuidePlace, renderGuide } from './guide';
export { renderHandOver } from './hand-over';
export { renderLanguages } from './languages-card';
export { renderNotice } from './notice';
export { refusalText } from './refusal';
export { renderApproverStatus, renderRequest } from './status';
export { inLanguage, type Language } from './strings/language';
export { languageFor, languageNamed, languages, ownName, useLanguages } from './strings/languages';
export { type Route, routes, t } from './strings/strings';
export { summaryOf } from './summary';
export { plain, type Safe } from './text';
export { type ActionData, type Verb, verbs } from './verbs';
export { knownZone } from './when';
