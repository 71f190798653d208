import type { ApprovalFacts } from '../../bot/onboarding/approval';
import type { Decision } from '../../bot/onboarding/decision';
import type { Passkey } from '../../bot/onboarding/method';
import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { Person } from '../../bot/onboarding/person';
import { HOUR, MINUTE, type Policy, policyDefaults } from '../../bot/onboarding/policy';
import { type RequestFacts, request } from '../../bot/onboarding/request';

export const T0 = Date.UTC(2026, 10, 23, 9, 0, 0);

export function person(key: string, more: Partial<Person> = {}): Person {
  return {
    id: `id-${key}`,
    displayName: key[0]?.toUpperCase() + key.slice(1),
    userPrincipalName: `${key}@northwind.example`,
    enabled: true,
    kind: 'member',
    ...more,
  };
}

export const jane = person('jane');
export const mo = person('mo');
export const priya = person('priya');
export const lee = person('lee');
export const kim = person('kim');
export const mallory = person('mallory');

export const policy: Policy = {
  ...policyDefaults,
  helpdeskGroupId: 'helpdesk',
  onboardingGroupId: 'group',
  fallbackApproverIds: [lee.id],
  secondApproverIds: [kim.id],
  protectedIds: ['id-breakglass'],
};

export const privilegedPolicy: Policy = { ...policy, privileged: 'on' };

export function requestFacts(more: Partial<RequestFacts> = {}): RequestFacts {
  return {
    requester: priya,
    requesterExempt: false,
    isHelpdesk: true,
    paused: false,
    subject: subjectFacts(jane),
    subjectIsMember: false,
    subjectWindowsToday: 0,
    requestedToday: 0,
    manager: { kind: 'person', person: mo, exempt: false },
    fallbacks: [{ person: lee, exempt: false }],
    secondApproverExists: true,
    openForApprover: () => 0,
    askedIn: 'conversation-1',
    id: 'onb-1',
    nonce: 'nonce-1',
    ...more,
  };
}

export function subjectFacts(who: Person, more: Partial<ApprovalFacts['subject']> = {}): ApprovalFacts['subject'] {
  return { person: who, privilege: 'none', guard: { proven: false, why: 'none' }, passkeys: [], ...more };
}

export function approvalFacts(
  by: Person,
  more: Partial<Omit<ApprovalFacts, 'by'>> & { managerIs?: string | null; exempt?: boolean } = {},
): ApprovalFacts {
  return {
    by,
    decider: more.decider ?? {
      person: by,
      managerOfSubject: more.managerIs === undefined ? mo.id : more.managerIs,
      exempt: more.exempt ?? false,
    },
    subject: more.subject ?? subjectFacts(jane),
    second: more.second ?? { person: kim, managerOfSubject: null, exempt: false },
  };
}

export const both = { knowsPerson: true, spokeToday: true };

/** The next state, as the store would keep it; fails the test when the decision was refused. */
export function next(decision: Decision): Onboarding {
  if (!decision.ok) throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  return {
    ...decision.change.next,
    version: decision.change.next.version + 1,
    number: decision.change.next.number || 1,
  };
}

export function refusal(decision: Decision): string {
  return decision.ok ? 'accepted' : decision.refusal.code;
}

export function requested(more: Partial<RequestFacts> = {}, rules: Policy = policy): Onboarding {
  return next(request(requestFacts(more), rules, T0));
}

export function passkey(id: string, more: Partial<Passkey> = {}): Passkey {
  return {
    id,
    kind: 'passkey',
    displayName: 'Authenticator',
    aaGuid: '90a3ccdf-635c-4729-a248-9b709135078f',
    passkeyType: 'deviceBound',
    ...more,
  };
}

export { HOUR, MINUTE };
