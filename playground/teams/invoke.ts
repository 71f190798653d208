import type { Journal } from '../journal';
import { type Activity, ADAPTIVE_CARD, isObject, type Json, MESSAGE_ANSWER } from './activity';
import type { Deliver } from './deliver';
import { fromTeams } from './inbound';
import { cardFault } from './outbound';
import type { Posted } from './post';
import type { Toasts } from './toasts';
import type { Chat, Message, TeamsPerson, World } from './world';

/** What a client says when the app does not answer, or not in time. */
export const UNREACHABLE = 'Unable to reach app. Please try again.';
export const WENT_WRONG = 'Something went wrong. Please try again.';

export interface Invoke {
  readonly person: TeamsPerson;
  readonly messageId: string;
  /** Where the person's client says that it is; a forged client can only be in its own chats. */
  readonly chat: Chat;
  readonly conversation: string;
  /** The message as this person has it, or undefined where the invoke is forged. */
  readonly message: Message | undefined;
  readonly action: { readonly id?: string; readonly verb: string; readonly data: Json };
  readonly trigger: 'manual' | 'automatic';
  readonly forged: boolean;
}

/** What came of an answer: a card, a word to the person, or nothing that the client understands. */
type Understood = { readonly card: Json } | { readonly say: string } | { readonly fault: string };

function understand(posted: Posted): Understood {
  if (posted.status !== 200) return { fault: UNREACHABLE };
  const body = posted.body;
  if (!isObject(body)) return { fault: WENT_WRONG };
  const statusCode = body.statusCode ?? 200;
  if (statusCode === 200 && body.type === ADAPTIVE_CARD && isObject(body.value) && !cardFault(body.value)) {
    return { card: body.value };
  }
  if (statusCode === 200 && body.type === MESSAGE_ANSWER && typeof body.value === 'string') return { say: body.value };
  const message = isObject(body.value) ? body.value.message : undefined;
  return { fault: typeof message === 'string' && message !== '' ? message : WENT_WRONG };
}

/**
 * Sends `adaptiveCard/action` and does with the answer what a client does: a card takes the place of the stored one for
 * this person only, words are shown to this person only. An automatic invoke that fails is silent: the person did nothing.
 */
export function createInvoke(world: World, deliver: Deliver, toasts: Toasts, journal: Journal, deadlineMs: number) {
  return async (invoke: Invoke): Promise<Posted> => {
    const { person, chat, conversation, action, trigger, message, messageId } = invoke;
    const edits = message?.edits ?? 0;
    const value = { action: { type: 'Action.Execute', ...action }, trigger };
    const activity: Activity = fromTeams(world, person, chat, conversation, deliver.serviceUrl(), {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value,
      replyToId: messageId,
      channelData: { source: { name: 'message' }, legacy: { replyToId: messageId } },
    });
    const posted = await deliver.send(activity, deadlineMs);
    journal.addTeams({
      kind: 'clicked',
      by: person.key,
      conversation,
      messageId,
      verb: action.verb,
      trigger,
      data: action.data,
      forged: invoke.forged,
      status: posted.status,
      answer: posted.body,
      elapsedMs: posted.elapsedMs,
    });
    const understood = understand(posted);
    if ('say' in understood) toasts.add(person.id, understood.say);
    if ('fault' in understood && trigger === 'manual') toasts.add(person.id, understood.fault);
    if (!('fault' in understood)) message?.answered.set(person.id, { at: world.now(), edits });
    // An answer to a card that the bot has edited meanwhile would hide the newer one.
    if ('card' in understood && message && message.edits === edits) message.ownViews.set(person.id, understood.card);
    return posted;
  };
}

export type SendInvoke = ReturnType<typeof createInvoke>;
