import type { ClickCard, RawActivity, Say } from '../contract';
import { isObject } from './activity';
import { Refusal } from './refusal';

/** Reads what a script posted. A script with a slip is told so; nothing is guessed. Each throws a Refusal, 400. */
function required(ok: boolean, what: string): asserts ok {
  if (!ok) throw new Refusal(400, 'BadRequest', what);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextMap = (value: unknown): boolean => isObject(value) && Object.values(value).every(isText);

export function sayOf(body: unknown): Say {
  required(isObject(body) && isText(body.text), 'text is missing.');
  required(['personal', 'channel', 'group'].includes(String(body.in)), 'in is personal, channel or group.');
  const mentions = body.mentions ?? [];
  required(Array.isArray(mentions) && mentions.every(isText), 'mentions is a list of keys.');
  required(['boolean', 'undefined'].includes(typeof body.mentionBot), 'mentionBot is true or false.');
  return body as unknown as Say;
}

export function clickOf(body: unknown): ClickCard {
  required(isObject(body) && isText(body.messageId) && isText(body.verb), 'messageId and verb are needed.');
  required(body.title === undefined || isText(body.title), 'title is text.');
  required(body.inputs === undefined || isTextMap(body.inputs), 'inputs maps ids to text.');
  required(body.forge === undefined || isObject(body.forge), 'forge is an object.');
  return body as unknown as ClickCard;
}

const SIGNINGS: readonly string[] = [
  'good',
  'none',
  'bad-audience',
  'bad-issuer',
  'expired',
  'bad-key',
  'alg-none',
  'bad-service-url',
  'no-endorsement',
] satisfies RawActivity['sign'][];

export function rawOf(body: unknown): RawActivity {
  required(isObject(body) && isObject(body.activity), 'activity is missing.');
  required(isText(body.sign) && SIGNINGS.includes(body.sign), `sign is one of ${SIGNINGS.join(', ')}.`);
  return body as unknown as RawActivity;
}
