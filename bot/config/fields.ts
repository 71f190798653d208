import { z } from 'zod/v4';

/**
 * Field types of the configuration. Every message says what to do, because it is read by somebody who is about to give
 * up; it never repeats the value, because the value may be a secret put in the wrong place.
 */

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An Entra object id, lower case. */
export const guid = () =>
  z
    .string()
    .transform((text) => text.toLowerCase())
    .refine((text) => GUID.test(text), { error: 'must be an object id, like 0f8fad5b-d9cb-469f-a165-70867728950e.' });

/** Object ids (or what `what` calls them) separated by commas or blanks, lower case, each once. */
export const guids = (what = 'object ids') =>
  z
    .string()
    .transform((text) => [
      ...new Set(
        text
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    ])
    .refine((list) => list.every((text) => GUID.test(text)), {
      error: `must be ${what} separated by commas, each like 0f8fad5b-d9cb-469f-a165-70867728950e.`,
    });

/** A whole number within bounds. `unit` is for the message only. */
export const whole = (unit: string, min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `must be a whole number of ${unit} from ${min} to ${max}.`,
    })
    .transform(Number);

/** An absolute URL without credentials, query or fragment, and without a slash at its end. */
export const url = (schemes: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => {
        if (!URL.canParse(text)) return false;
        const { protocol, username, password, search, hash } = new URL(text);
        return schemes.includes(protocol) && !username && !password && !search && !hash;
      },
      { error: `must be a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}.` },
    )
    .transform((text) => text.replace(/\/+$/, ''));

/** One of a few words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: `must be one of: ${words.join(', ')}.` });
