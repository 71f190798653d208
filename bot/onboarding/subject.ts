import { judgePasskey, type Passkey } from './method';
import type { Person } from './person';
import type { Policy } from './policy';
import type { Refusal } from './refusal';

/** What was read about the person who is to get a passkey, just now. */
export interface SubjectFacts {
  readonly person: Person;
  readonly privilege: 'none' | 'privileged' | 'unreadable';
  readonly guard: { readonly proven: true } | { readonly proven: false; readonly why: string };
  readonly passkeys: readonly Passkey[];
}

/** Refuses the people whom promise 7 protects; says whether the person counts as privileged. */
export function judgeSubject(
  facts: SubjectFacts,
  reason: 'new' | 'recover',
  policy: Policy,
): { readonly refusal: Refusal } | { readonly privileged: boolean } {
  const { person, privilege, guard } = facts;
  const name = person.displayName;
  if (policy.protectedIds.includes(person.id)) return { refusal: { code: 'protected', name } };
  if (person.kind === 'guest') return { refusal: { code: 'guest', name } };
  if (!person.enabled) return { refusal: { code: 'disabled', name } };

  const privileged = privilege !== 'none';
  if (privileged) {
    if (policy.privileged === 'off') {
      return { refusal: { code: privilege === 'unreadable' ? 'privileged-unreadable' : 'privileged-off', name } };
    }
    if (!guard.proven) return { refusal: { code: 'guard-unproven', why: guard.why } };
  }

  if (reason === 'new') {
    const nothing = { takenAt: 0, methods: [] };
    const working = facts.passkeys.find((passkey) => judgePasskey(passkey, nothing, policy.accepted) === 'acceptable');
    if (working) return { refusal: { code: 'has-passkey', name, passkey: working.displayName ?? 'passkey' } };
  }
  return { privileged };
}
