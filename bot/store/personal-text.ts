import { randomBytes } from 'node:crypto';
import type { Onboarding } from '../onboarding/onboarding';
import type { PersonName } from '../onboarding/person';
import { canonicalJson } from './canonical-json';
import { textHash } from './ledger-chain';

/** What people typed. A new field of that kind belongs here, or it is neither evidence nor forgotten. */
const WORDS = ['comment', 'because', 'ticket'] as const;

/** What stands in place of a name that was removed. */
export const FORGOTTEN = '(name removed)';

/** A personal text on its way to the ledger: `hash` for the entry, the rest for the row beside it. */
export interface SealedText {
  readonly name: string;
  readonly salt: string;
  readonly text: string;
  readonly hash: string;
}

/** The personal texts that this change brings: names as the directory had them, and what somebody typed. */
export function sealNew(previous: Onboarding | null, next: Onboarding): SealedText[] {
  const before = previous ? textsOf(previous) : new Map<string, string>();
  return [...textsOf(next)]
    .filter(([name, text]) => before.get(name) !== text)
    .map(([name, text]) => {
      const salt = randomBytes(16).toString('hex');
      return { name, salt, text, hash: textHash(salt, text) };
    });
}

/** People are found by their shape, so that a part that is added to the onboarding is not left out. */
function textsOf(onboarding: Onboarding): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [part, value] of Object.entries(onboarding)) {
    if (isPerson(value)) texts.set(part, canonicalJson(value));
    if (!Array.isArray(value)) continue;
    for (const [index, one] of value.entries()) if (isPerson(one)) texts.set(`${part}.${index}`, canonicalJson(one));
  }
  for (const part of WORDS) if (onboarding[part] !== undefined) texts.set(part, canonicalJson(onboarding[part]));
  return texts;
}

/**
 * The onboarding without anything that names or describes a person: object ids, times, codes and what was proven stay.
 * What people called their devices goes too.
 */
export function withoutPersonalText(onboarding: Onboarding): Onboarding {
  const bare = Object.entries(onboarding).filter(([part]) => !WORDS.some((word) => word === part));
  return nameless(Object.fromEntries(bare)) as Onboarding;
}

function nameless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nameless);
  if (typeof value !== 'object' || value === null) return value;
  if (isPerson(value)) return { id: value.id, displayName: FORGOTTEN, userPrincipalName: '' };
  const parts = Object.entries(value).filter(([part]) => part !== 'displayName');
  return Object.fromEntries(parts.map(([part, inner]) => [part, nameless(inner)]));
}

function isPerson(value: unknown): value is PersonName {
  return typeof value === 'object' && value !== null && 'id' in value && 'userPrincipalName' in value;
}
