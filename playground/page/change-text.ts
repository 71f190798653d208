import type { TenantRecord } from '../contract';

/** One change of the tenant as a sentence. `good` is a step towards the end of the exemption, `open` one into it. */
export interface ChangeText {
  readonly who: string;
  readonly text: string;
  readonly tone: 'open' | 'good' | 'plain';
}

export const METHODS: Readonly<Record<string, string>> = {
  fido2: 'passkey',
  microsoftAuthenticator: 'Authenticator',
  windowsHelloForBusiness: 'Windows Hello',
  platformCredential: 'platform credential',
  phone: 'phone number',
  email: 'e-mail address',
  softwareOath: 'software token',
};

export function changeText(change: TenantRecord, nameOf: (id: string) => string, groupId: string): ChangeText {
  const who = actorName(change.actor, nameOf);
  switch (change.kind) {
    case 'member-added':
      return change.groupId === groupId
        ? { who, text: `put ${nameOf(change.userId)} into the onboarding group`, tone: 'open' }
        : { who, text: `put ${nameOf(change.userId)} into a group`, tone: 'plain' };
    case 'member-removed':
      return change.groupId === groupId
        ? { who, text: `took ${nameOf(change.userId)} out of the onboarding group`, tone: 'good' }
        : { who, text: `took ${nameOf(change.userId)} out of a group`, tone: 'plain' };
    case 'pass-created':
      return { who, text: `made a pass for ${nameOf(change.userId)}, ${change.lifetimeMinutes} min`, tone: 'open' };
    case 'pass-deleted':
      return { who, text: `deleted the pass of ${nameOf(change.userId)}`, tone: 'good' };
    case 'pass-replaced':
      return { who, text: `replaced the pass of ${nameOf(change.userId)}`, tone: 'plain' };
    case 'pass-expired':
      return { who, text: `let the pass of ${nameOf(change.userId)} run out`, tone: 'good' };
    case 'method-added':
      return {
        who,
        text: `registered ${methodName(change.methodKind)}${who === nameOf(change.userId) ? '' : ` for ${nameOf(change.userId)}`}`,
        tone: change.methodKind === 'fido2' ? 'good' : 'plain',
      };
    case 'method-removed':
      return { who, text: `removed ${methodName(change.methodKind)} of ${nameOf(change.userId)}`, tone: 'plain' };
    case 'sessions-revoked':
      return { who, text: `revoked all sessions of ${nameOf(change.userId)}`, tone: 'good' };
    case 'person-changed':
      return { who, text: `changed the account of ${nameOf(change.userId)}`, tone: 'plain' };
    case 'policy-changed':
      return { who, text: 'changed a policy', tone: 'plain' };
    case 'group-changed':
      return { who, text: 'changed a group', tone: 'plain' };
  }
}

function methodName(kind: string): string {
  const name = METHODS[kind] ?? kind;
  return /^[aeiou]/i.test(name) && kind !== 'microsoftAuthenticator'
    ? `an ${name}`
    : kind === 'microsoftAuthenticator'
      ? name
      : `a ${name}`;
}

function actorName(actor: string, nameOf: (id: string) => string): string {
  if (actor.startsWith('app:')) return 'Onboard';
  if (actor.startsWith('user:')) return nameOf(actor.slice(5));
  return actor === 'admin' ? 'An administrator, by hand,' : 'Entra';
}
