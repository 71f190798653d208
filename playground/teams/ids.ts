import { createHash } from 'node:crypto';

function digest(...parts: string[]): Buffer {
  return createHash('sha256').update(parts.join('\n')).digest();
}

/** The id by which one bot knows one person: of no use to another bot. Derived, so that a restart does not change it. */
export function mriOf(botAppId: string, userId: string): string {
  return `29:1${digest('mri', botAppId, userId).toString('base64url')}`;
}

export function botMri(botAppId: string): string {
  return `28:${botAppId}`;
}

export function personalChatId(botAppId: string, userId: string): string {
  return `a:1${digest('personal', botAppId, userId).toString('base64url')}`;
}

export function channelId(tenantId: string, name: string): string {
  return `19:${digest('channel', tenantId, name).toString('hex').slice(0, 32)}@thread.tacv2`;
}

export function groupChatId(tenantId: string, name: string): string {
  return `19:${digest('group', tenantId, name).toString('hex').slice(0, 32)}@thread.v2`;
}

/** In a channel, a bot talks in the thread under one root message. */
export function threadId(channel: string, rootMessageId: string): string {
  return `${channel};messageid=${rootMessageId}`;
}

/** The chat that holds the thread: everything before `;messageid=`. */
export function chatIdOf(conversationId: string): string {
  return conversationId.split(';')[0] ?? conversationId;
}
