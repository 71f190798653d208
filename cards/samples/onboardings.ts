import type { Onboarding } from '../../bot/onboarding/onboarding';

/** Who is in the samples. */
export const ids = {
  jane: 'aaaaaaaa-0000-4000-8000-000000000001',
  priya: 'aaaaaaaa-0000-4000-8000-000000000002',
  mo: 'aaaaaaaa-0000-4000-8000-000000000003',
  second: 'aaaaaaaa-0000-4000-8000-000000000004',
};

/** 23 Nov 2026, 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 23, 12);

/** One that was asked for, changed by `over`. */
export function onboarding(over: Partial<Onboarding> = {}): Onboarding {
  return {
    id: 'o-1',
    number: 7,
    version: 3,
    nonce: 'nonce-1',
    state: 'requested',
    reason: 'new',
    subject: {
      id: ids.jane,
      displayName: 'Jane Doe',
      userPrincipalName: 'jane.doe@example.com',
      jobTitle: 'Clerk',
      department: 'Lending',
    },
    requester: { id: ids.priya, displayName: 'Priya Nair', userPrincipalName: 'priya@example.com' },
    approver: { id: ids.mo, displayName: 'Mo Haddad', userPrincipalName: 'mo@example.com' },
    approverIs: 'manager',
    privileged: false,
    askedIn: 'a:priya',
    requestedAt: NOON,
    expiresAt: NOON + 86_400_000,
    passesStarted: 0,
    findings: [],
    ...over,
  };
}

/** Who approved. */
export const approvedBy = { id: ids.mo, displayName: 'Mo Haddad', userPrincipalName: 'mo@example.com' };

/** One whose window is open, changed by `over`. */
export function openOnboarding(over: Partial<Onboarding> = {}): Onboarding {
  return onboarding({
    state: 'open',
    approvedBy,
    approvedAt: NOON,
    openedAt: NOON,
    deadline: NOON + 3_600_000,
    memberAt: NOON,
    passesStarted: 1,
    ...over,
  });
}
