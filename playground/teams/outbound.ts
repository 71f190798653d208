import { type Activity, ADAPTIVE_CARD, isObject, listOf } from './activity';
import { badArgument, Refusal } from './refusal';

/** A bot's message may have about 100 KB, counted in UTF-16. */
const MAX_BYTES = 100 * 1024;

/** Teams draws bot cards up to this version of the schema. */
const MAX_CARD = [1, 5] as const;

const KNOWN_ATTACHMENTS = /^(application\/vnd\.microsoft\.(card\.|teams\.)[\w.]+|image\/(png|jpe?g|gif|\*))$/;

/** Why Teams would not draw this card, or null. */
export function cardFault(card: unknown): string | null {
  if (!isObject(card) || card.type !== 'AdaptiveCard') return 'The content is not an Adaptive Card.';
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(String(card.version)) ?? [];
  if (major === undefined) return 'The card has no version.';
  const newer = Number(major) > MAX_CARD[0] || (Number(major) === MAX_CARD[0] && Number(minor) > MAX_CARD[1]);
  return newer ? `Version ${String(card.version)} is newer than 1.5.` : null;
}

/** Checks what a bot posts. Throws a Refusal. */
export function checkOutbound(body: unknown): Activity {
  if (!isObject(body)) throw badArgument('The body is not an activity.');
  const activity = body as Activity;
  if (activity.type !== 'message' && activity.type !== 'typing') throw badArgument('Unknown activity type.');
  if (JSON.stringify(activity).length * 2 > MAX_BYTES) {
    throw new Refusal(413, 'MessageSizeTooBig', 'Message size too large.');
  }
  if (activity.type === 'typing') return activity;
  if (!activity.text && listOf(activity.attachments).length === 0) throw badArgument('The message is empty.');
  for (const attachment of listOf(activity.attachments)) {
    const contentType = isObject(attachment) ? attachment.contentType : undefined;
    if (typeof contentType !== 'string' || !KNOWN_ATTACHMENTS.test(contentType)) {
      throw badArgument(`Unknown attachment type ${String(contentType)}.`);
    }
    const fault = contentType === ADAPTIVE_CARD ? cardFault((attachment as { content?: unknown }).content) : null;
    if (fault) throw badArgument(fault);
  }
  return activity;
}

/** Teams shows text and attachments of one activity as two messages. */
export function splitOutbound(activity: Activity): Activity[] {
  if (!activity.text || listOf(activity.attachments).length === 0) return [activity];
  const { attachments: _attachments, ...textOnly } = activity;
  const { text: _text, ...cardOnly } = activity;
  return [textOnly, cardOnly];
}
