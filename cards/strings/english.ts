import { approval } from './en/approval';
import { common } from './en/common';
import { delivery } from './en/delivery';
import { groupAlerts } from './en/group-alerts';
import { guide, steps } from './en/guide';
import { guidePage } from './en/guide-page';
import { moreWays } from './en/more-ways';
import { recover } from './en/recover';
import { refusals } from './en/refusals';
import { spelling } from './en/spell';
import { stuck } from './en/stuck';

/**
 * All words of the product. The compiler knows them, so a key or a placeholder that is not there is found while
 * building; the other languages are JSON with the same keys, and are held against this by `checkLanguage`.
 */
export const english = {
  ...common,
  ...groupAlerts,
  ...approval,
  ...delivery,
  ...guide,
  ...steps,
  ...guidePage,
  ...moreWays,
  ...stuck,
  ...recover,
  ...refusals,
  ...spelling,
} as const;

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** A text with a count has a key for each form, `list.more_one` and `list.more_other`, and is asked for without it. */
export type Key = keyof typeof english extends infer K ? (K extends `${infer Base}_${Plural}` ? Base : K) : never;

/** All forms of a text. */
export type TextOf<K extends Key> = (typeof english)[Extract<keyof typeof english, K | `${K}_${Plural}`>];

const keys: ReadonlySet<string> = new Set(Object.keys(english).map(withoutForm));

/** The key that a form belongs to. */
export function withoutForm(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '');
}

/** True when there are words for `key`; for keys that are put together from codes. */
export function isKey(key: string): key is Key {
  return keys.has(key);
}
