/**
 * The parts of a Bot Framework activity that either side reads. Everything else a bot sends is kept as it came, so that
 * the records show the whole message.
 */
export interface Activity {
  type?: string;
  id?: string;
  name?: string;
  text?: string;
  summary?: string;
  action?: string;
  value?: unknown;
  replyToId?: string;
  serviceUrl?: string;
  attachments?: Attachment[];
  entities?: unknown[];
  conversation?: { id?: string; tenantId?: string; conversationType?: string; isGroup?: boolean };
  from?: { id?: string; name?: string; aadObjectId?: string };
  recipient?: { id?: string; name?: string };
  [more: string]: unknown;
}

export interface Attachment {
  contentType?: string;
  content?: unknown;
  [more: string]: unknown;
}

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';
export const MESSAGE_ANSWER = 'application/vnd.microsoft.activity.message';

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first Adaptive Card of a message; Teams draws further ones below it, which no bot here sends. */
export function cardOf(activity: Activity): Json | undefined {
  const found = listOf(activity.attachments).find((each) => isObject(each) && each.contentType === ADAPTIVE_CARD);
  return isObject(found) && isObject(found.content) ? found.content : undefined;
}
