import { randomBytes } from 'node:crypto';
import type { Onboarding } from '../onboarding/onboarding';
import type { PersonName } from '../onboarding/person';
import { canonicalJson } from './canonical-json';
import { textHash } from './ledger-chain';

const PEOPLE = ['subject', 'requester', 'approver', 'approvedBy', 'secondApprovedBy'] as const;
/** What people typed. A new field of that kind belongs here, or it is neither evidence nor forgotten. */
const WORDS = ['comment'] as const;

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

function textsOf(onboarding: Onboarding): Map<string, string> {
  const texts = new Map<string, string>();
  for (const part of PEOPLE) {
    const person = onboarding[part];
    if (person) texts.set(part, canonicalJson(person));
  }
  for (const part of WORDS) if (onboarding[part] !== undefined) texts.set(part, canonicalJson(onboarding[part]));
  return texts;
}

/**
 * The onboarding without anything that names or describes a person: object ids, times, codes and what was proven stay.
 * What the subject called her devices goes too.
 */
export function withoutPersonalText(onboarding: Onboarding): Onboarding {
  const { comment: _comment, baseline: _baseline, ...rest } = onboarding;
  const nameless = ({ id }: PersonName): PersonName => ({ id, displayName: FORGOTTEN, userPrincipalName: '' });
  const unnamed = <T extends { readonly displayName?: string }>({ displayName: _displayName, ...method }: T) =>
    method as T;
  return {
    ...rest,
    subject: nameless(rest.subject),
    requester: nameless(rest.requester),
    approver: nameless(rest.approver),
    ...(rest.approvedBy ? { approvedBy: nameless(rest.approvedBy) } : {}),
    ...(rest.secondApprovedBy ? { secondApprovedBy: nameless(rest.secondApprovedBy) } : {}),
    ...(rest.passkey ? { passkey: unnamed(rest.passkey) } : {}),
    ...(rest.wrongKind ? { wrongKind: unnamed(rest.wrongKind) } : {}),
  };
}
