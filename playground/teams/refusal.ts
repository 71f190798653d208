import type { Reply } from '../http';

/** What the connector says no with. `code` is Teams' own, `message` its wording as far as it is documented. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }

  reply(): Reply {
    return {
      status: this.status,
      ...(this.retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(this.retryAfterSeconds) } }),
      body: { error: { code: this.code, message: this.message } },
    };
  }
}

export const badArgument = (message: string) => new Refusal(400, 'BadArgument', message);
export const conversationNotFound = () => new Refusal(404, 'ConversationNotFound', 'Conversation not found.');
export const activityNotFound = () =>
  new Refusal(404, 'ActivityNotFoundInConversation', 'The activity is not in this conversation.');
export const throttled = (waitMs: number) =>
  new Refusal(429, 'Throttled', 'Too many requests.', Math.max(1, Math.ceil(waitMs / 1_000)));

const CODES: Readonly<Record<number, string>> = {
  401: 'BotNotRegistered',
  403: 'BotDisabledByAdmin',
  404: 'ConversationNotFound',
  412: 'PreconditionFailed',
  413: 'MessageSizeTooBig',
  429: 'Throttled',
  500: 'ServiceError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** The refusal that a script asked for; a 429 says to come back after a second. */
export function scripted(status: number): Refusal {
  return new Refusal(status, CODES[status] ?? 'BadArgument', 'As the script asked.', status === 429 ? 1 : undefined);
}
