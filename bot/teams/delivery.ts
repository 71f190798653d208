/** Why a message could not be delivered, and what follows. */
export interface Failure {
  /** Stable, for the operator. */
  readonly code: string;
  readonly next: Next;
  /** Milliseconds, where the service said how long. */
  readonly retryAfter?: number;
  /** Too many requests: nothing else gets through there either. */
  readonly throttled?: true;
  /** An operator has to do something before this can work for anybody. */
  readonly operator?: true;
}

/**
 * - `retry`: the service could not do it now.
 * - `slowly`: it broke, and may well break again.
 * - `gone`: the message or the conversation is not there any more.
 * - `not-installed`: the person has not got the app, which can be changed from here.
 * - `closed`: the bot may not write there until something changes on the other side.
 * - `other-host`: this tenant lives in the government's cloud.
 * - `never`: the message itself is wrong, and asking again cannot help.
 */
export type Next = 'retry' | 'slowly' | 'gone' | 'not-installed' | 'closed' | 'other-host' | 'never';

/** The codes that Microsoft documents for proactive messages ("Send proactive messages", "Conversations of a bot"). */
const byCode: Readonly<Record<string, Pick<Failure, 'next' | 'operator'>>> = {
  BadArgument: { next: 'never', operator: true },
  // The registration or the credential is wrong. An operator mends it, and then the messages should still arrive.
  BotNotRegistered: { next: 'closed', operator: true },
  BotDisabledByAdmin: { next: 'closed', operator: true },
  NotEnoughPermissions: { next: 'closed', operator: true },
  BotNotInConversationRoster: { next: 'not-installed' },
  ForbiddenOperationException: { next: 'not-installed' },
  // Their own decision: the app is not put back, and the message waits until they write.
  ConversationBlockedByUser: { next: 'closed' },
  MessageWritesBlocked: { next: 'closed' },
  InvalidBotApiHost: { next: 'other-host' },
  ConversationNotFound: { next: 'gone' },
  ActivityNotFoundInConversation: { next: 'gone' },
  PreconditionFailed: { next: 'retry' },
  MessageSizeTooBig: { next: 'never', operator: true },
  Throttled: { next: 'retry' },
  // Documented as not to be repeated. A card is owed all the same, so it is, at the pace of what is closed.
  ServiceError: { next: 'slowly' },
};

/** A person's own chat could not be begun. What the service said is in `cause`; it is about the person, not a message. */
export class ChatNotBegun extends Error {
  override readonly name = 'ChatNotBegun';
}

/** Reads an error of the SDK's connector client. `now` in epoch ms, for a Retry-After that names a date. */
export function failureOf(error: unknown, now: number): Failure {
  if (error instanceof ChatNotBegun) {
    const failure = failureOf(error.cause, now);
    // Somebody whom Teams does not know yet; that may change any minute.
    return failure.next === 'never' || failure.next === 'gone'
      ? { code: failure.code, next: 'not-installed' }
      : failure;
  }
  const status = numberOf(error, 'statusCode') ?? numberOf(field(error, 'response'), 'status');
  if (status === undefined) return { code: 'unreachable', next: 'retry' };
  const code = serviceCode(error) ?? String(status);
  const usual = byStatus(status);
  const known = usual.next === 'retry' ? usual : (byCode[code] ?? usual);
  const failure: Failure = { code, ...known, ...(status === 429 ? { throttled: true } : {}) };
  return known.next === 'retry' || known.next === 'slowly' ? withWait(failure, error, now) : failure;
}

/** For codes that nobody has written down. */
function byStatus(status: number): Pick<Failure, 'next' | 'operator'> {
  switch (status) {
    case 401:
      return { next: 'closed', operator: true };
    case 403:
      return { next: 'closed' };
    case 404:
      return { next: 'gone' };
    case 408:
    case 412:
    case 429:
    case 502:
    case 503:
    case 504:
      return { next: 'retry' };
    default:
      return status >= 500 ? { next: 'slowly' } : { next: 'never', operator: true };
  }
}

/** How long to wait before trying again, in milliseconds. `tries` counts from 1. */
export function backoff(failure: Failure, tries: number, random: () => number = Math.random): number {
  if (failure.retryAfter !== undefined) return failure.retryAfter;
  const [base, most] = failure.next === 'retry' ? [1_000, 60_000] : [30_000, 600_000];
  const wait = Math.min(base * 2 ** Math.min(tries - 1, 16), most);
  return Math.round(wait * (0.8 + 0.4 * random()));
}

function withWait(failure: Failure, error: unknown, now: number): Failure {
  const headers = field(field(error, 'response'), 'headers');
  const get = field(headers, 'get');
  const value: unknown = typeof get === 'function' ? get.call(headers, 'retry-after') : undefined;
  if (typeof value !== 'string' || value === '') return failure;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? { ...failure, retryAfter: Math.min(Math.max(wait, 0), 600_000) } : failure;
}

function serviceCode(error: unknown): string | undefined {
  const details = field(error, 'details');
  const inner = field(field(details, 'error'), 'code') ?? subCode(details) ?? field(error, 'code');
  return typeof inner === 'string' && /^\w{1,60}$/.test(inner) ? inner : undefined;
}

/** The older form: `{errorCode: 209, message: "{ \"subCode\": \"MessageWritesBlocked\" ... }"}`. */
function subCode(details: unknown): string | undefined {
  const message = field(details, 'message');
  return typeof message === 'string' ? /"subCode"\s*:\s*"(\w{1,60})"/.exec(message)?.[1] : undefined;
}

function numberOf(value: unknown, name: string): number | undefined {
  const found = field(value, name);
  return typeof found === 'number' ? found : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
