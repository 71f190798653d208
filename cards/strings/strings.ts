import type { Safe } from '../text';
import { isKey, type Key, type TextOf } from './english';
import { currentLanguage } from './language';
import { textOf } from './languages';

export { english, isKey, type Key } from './english';

/** The names in braces of a text, so that the compiler finds a placeholder that is not given. */
type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type Values<K extends Key> = [Placeholder<TextOf<K>>] extends [never]
  ? []
  : [values: { readonly [P in Placeholder<TextOf<K>>]: P extends 'count' ? number : Safe | number }];

/**
 * The words for `key` in the language of `inLanguage`. Values must already be safe for where the text goes: see `md` and
 * `plain`. `count` chooses the form of the text, and is always a number.
 */
export function t<K extends Key>(key: K, ...[values]: Values<K>): Safe {
  return words(key, values ?? {});
}

/** As `t`, for a key that is put together from a code; the caller has made sure of the values. */
export function words(key: Key, values: Readonly<Record<string, Safe | number>>): Safe {
  const count = values.count;
  return fill(textOf(currentLanguage(), key, typeof count === 'number' ? count : undefined), values);
}

/** Replaces `{name}` once; a value is never looked into, so braces in a person's name stay what they are. */
function fill(text: string, values: Readonly<Record<string, Safe | number>>): Safe {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) as Safe;
}

type StepKey = Extract<Key, `step.${string}`>;

export type Route = Exclude<StepKey extends `step.${infer Name}.${string}` ? Name : never, 'before'>;

export const routes = ['iphone', 'android', 'computer', 'key', 'windows', 'synced'] as const satisfies readonly Route[];

/** The steps of one way, in order; those with Authenticator begin with what the phone needs. */
export function stepsOf(route: Route): readonly StepKey[] {
  const authenticator = route === 'iphone' || route === 'android' || route === 'computer';
  return [...(authenticator ? stepKeys('before') : []), ...stepKeys(route)];
}

function stepKeys(part: string): StepKey[] {
  const found: StepKey[] = [];
  for (let number = 1; ; number++) {
    const key = `step.${part}.${number}`;
    if (!isKey(key)) return found;
    found.push(key as StepKey);
  }
}
