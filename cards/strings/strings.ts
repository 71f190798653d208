import type { Safe } from '../text';
import { approval } from './en/approval';
import { common } from './en/common';
import { guide, guideSteps } from './en/guide';
import { refusals } from './en/refusals';

/**
 * All words of the product, in the one language it has. A second language is another object of this type; which one is
 * used becomes an argument of `t` then.
 */
export const english = { ...common, ...approval, ...guide, ...refusals } as const;

export type Key = keyof typeof english;

/** The names in braces of a text, so that the compiler finds a placeholder that is not given. */
type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type Values<K extends Key> = [Placeholder<(typeof english)[K]>] extends [never]
  ? []
  : [values: { readonly [P in Placeholder<(typeof english)[K]>]: Safe | number }];

/** The words for `key`. Values must already be safe for where the text goes: see `md` and `plain`. */
export function t<K extends Key>(key: K, ...[values]: Values<K>): Safe {
  return fill(english[key], values ?? {});
}

/** Replaces `{name}` once; a value is never looked into, so braces in a person's name stay what they are. */
export function fill(text: string, values: Readonly<Record<string, Safe | number>>): Safe {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) as Safe;
}

/** True when there are words for `key`; for keys that are put together from codes. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(english, key);
}

export type Route = Exclude<keyof typeof guideSteps, 'before'>;

export const routes = ['iphone', 'android', 'computer', 'key'] as const satisfies readonly Route[];

/** The steps of one way, in order; the first is the same for all. `{upn}` is filled by the caller. */
export function stepsOf(route: Route): readonly string[] {
  return [...guideSteps.before, ...guideSteps[route]];
}
