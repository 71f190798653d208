import type { Activity } from 'botbuilder';
import {
  type Card,
  type CardRules,
  type Given,
  inLanguage,
  refusalText,
  renderApproval,
  renderApproverStatus,
  renderBoard,
  renderGathered,
  renderGroupAlert,
  renderGuide,
  renderHelp,
  renderLanguages,
  renderList,
  renderNotice,
  renderPassAsked,
  renderPaused,
  renderPeople,
  renderPick,
  renderRecover,
  renderRecoverWhom,
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
import { wallTime } from './wall-time';

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
      return renderGuide(onboarding, viewer, rules);
    case 'approver-reminder':
    case 'approver-start':
    case 'approver-old-gone':
    case 'helpdesk-called':
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
      return cardMessage(renderPeople(data.people, data.said, given(data)), t('summary.choose'));
    case 'pick':
      return cardMessage(renderPick(), t('summary.pick'));
    case 'recover':
      return cardMessage(renderRecover(data.person, data.passkeys, data.deletes, viewer, data), t('summary.recover'));
    case 'recover-whom':
      return cardMessage(renderRecoverWhom(data.people, data.said), t('summary.choose'));
    case 'gathered':
      return cardMessage(renderGathered(data.rows), t('summary.gathered'));
    case 'pause':
      return cardMessage(renderPaused(data.paused, data.changed), t('help.title'));
    case 'pass-wanted':
      return cardMessage(renderPassAsked(data.number, data.approver), t('passAsked.title'));
    case 'group-alert':
      return {
        ...cardMessage(renderGroupAlert(data.code, data.count), t('groupAlert.title')),
        channelData: { notification: { alert: true } },
      };
    case 'onboarding':
      return onboarding && cardMessage(renderRequest(onboarding, viewer), summaryOf('request', onboarding));
    default:
      return null;
  }
}

/** What was said besides the name, as the inputs of the card have it. */
function given({ details = {}, zone = 'UTC' }: Extract<AnswerData, { kind: 'choose' }>): Given {
  const { startAt, ticket, because } = details;
  const start = startAt === undefined ? undefined : wallTime(startAt, zone);
  const two = (number: number) => String(number).padStart(2, '0');
  return {
    ...(ticket === undefined ? {} : { ticket }),
    ...(because === undefined ? {} : { because }),
    ...(start
      ? {
          startDate: `${start.year}-${two(start.month)}-${two(start.day)}`,
          startTime: `${two(start.hour)}:${two(start.minute)}`,
        }
      : {}),
  };
}

/** The card of a conversation in which many were asked for. */
export function drawBoard(onboardings: readonly Onboarding[], reader: Reader, now: number): Drawn {
  return inLanguage(reader.language, () => cardMessage(renderBoard(onboardings, reader, now), t('summary.board')));
}

/** A card alone: together with text Teams splits it in two and names neither. The summary is for notifications. */
function cardMessage(card: Card, summary: Safe): Drawn {
  return {
    type: 'message',
    summary,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}
