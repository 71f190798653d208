import type { Activity } from 'botbuilder';
import {
  type Card,
  type CardRules,
  inLanguage,
  refusalText,
  renderApproval,
  renderApproverStatus,
  renderGuide,
  renderHelp,
  renderLanguages,
  renderList,
  renderNotice,
  renderPeople,
  renderRequest,
  renderSecondApproval,
  type Safe,
  summaryOf,
  t,
  type Viewer,
} from '../../cards/render';
import type { LiveMessage, NoticeMessage } from '../onboarding/decision';
import type { Onboarding } from '../onboarding/onboarding';
import type { OutboxRow } from '../workflow/store-port';
import { type AnswerData, fromStored } from './answer-data';
import type { Reader } from './readers';
import { unreachedText } from './unreached';

/** What is sent: the content of an activity, without where it goes. */
export type Drawn = Pick<Activity, 'type'> & Partial<Activity>;

/**
 * Draws a message as things are now. `null` when there is nothing to draw: a kind that this version does not know, or an
 * onboarding that is not there.
 */
export function draw(row: OutboxRow, onboarding: Onboarding | null, rules: CardRules, reader: Reader): Drawn | null {
  return inLanguage(reader.language, () => drawFor(row, onboarding, rules, reader));
}

function drawFor(row: OutboxRow, onboarding: Onboarding | null, rules: CardRules, reader: Reader): Drawn | null {
  if (row.message === 'answer') return drawAnswer(fromStored(row.data), onboarding, reader);
  const card = onboarding && drawCard(row, onboarding, rules, reader);
  if (!card) return null;
  const summary = summaryOf(row.message as LiveMessage | NoticeMessage, onboarding);
  const alerts = !row.live && 'person' in row.to;
  return {
    ...cardMessage(card, summary),
    ...(alerts ? { channelData: { notification: { alert: true } } } : {}),
  };
}

function drawCard(row: OutboxRow, onboarding: Onboarding, rules: CardRules, viewer: Viewer): Card | null {
  const message = row.message as LiveMessage | NoticeMessage;
  switch (message) {
    case 'request':
      return renderRequest(onboarding, viewer);
    case 'approval':
      return renderApproval(onboarding, viewer, rules);
    case 'second-approval':
      return renderSecondApproval(onboarding, viewer, rules);
    case 'approver-status':
      return renderApproverStatus(onboarding, viewer);
    case 'guide':
      return renderGuide(onboarding, viewer);
    case 'approver-reminder':
    case 'approver-start':
    case 'approver-pass-wanted':
    case 'subject-half-time':
    case 'subject-last-minutes':
    case 'subject-passkey-seen':
    case 'subject-authenticator-seen':
    case 'subject-wrong-kind':
    case 'subject-closed':
    case 'approver-closed':
    case 'requester-closed':
    case 'alert':
      return renderNotice(message, onboarding, viewer);
    default:
      return null;
  }
}

function drawAnswer(data: AnswerData | null, onboarding: Onboarding | null, viewer: Viewer): Drawn | null {
  switch (data?.kind) {
    case 'refusal':
      // Plain text: what somebody typed is shown as it is, and cannot become a link.
      return { type: 'message', textFormat: 'plain', text: refusalText(data.refusal) };
    case 'too-many':
      return { type: 'message', textFormat: 'plain', text: t('chat.tooMany') };
    case 'unreached':
      return onboarding && { type: 'message', textFormat: 'plain', text: unreachedText(data, onboarding) };
    case 'help':
      return cardMessage(renderHelp(), t('summary.help'));
    case 'language':
      return cardMessage(renderLanguages(data.set), t('summary.language'));
    case 'list':
      return cardMessage(renderList(data.rows), t('summary.list'));
    case 'choose':
      return cardMessage(renderPeople(data.people, data.said), t('summary.choose'));
    case 'onboarding':
      return onboarding && cardMessage(renderRequest(onboarding, viewer), summaryOf('request', onboarding));
    default:
      return null;
  }
}

/** A card alone: together with text Teams splits it in two and names neither. The summary is for notifications. */
function cardMessage(card: Card, summary: Safe): Drawn {
  return {
    type: 'message',
    summary,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}
