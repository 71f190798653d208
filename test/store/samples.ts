import type { Change, LedgerEntry, Tell } from '../../bot/onboarding/decision';
import type { Onboarding } from '../../bot/onboarding/onboarding';

const name = (id: string) => ({ id, displayName: `Name of ${id}`, userPrincipalName: `${id}@example.com` });

let made = 0;

/** An onboarding as `request` decides one: no number and no version yet. */
export function onboarding(
  part: Partial<Omit<Onboarding, 'subject' | 'requester' | 'approver'>> & People = {},
): Onboarding {
  made += 1;
  const { subject = `subject-${made}`, requester = 'priya', approver = 'mo', ...rest } = part;
  return {
    id: `onb-${made}`,
    number: 0,
    version: 0,
    nonce: 'n',
    state: 'requested',
    reason: 'new',
    subject: name(subject),
    requester: name(requester),
    approver: name(approver),
    approverIs: 'manager',
    privileged: false,
    askedIn: 'a:helpdesk',
    requestedAt: 1_000,
    expiresAt: 2_000,
    passesStarted: 0,
    findings: [],
    ...rest,
  };
}

interface People {
  readonly subject?: string;
  readonly requester?: string;
  readonly approver?: string;
}

export function entry(event: string, detail: LedgerEntry['detail'] = {}): LedgerEntry {
  return { at: 1_000, actor: { onboard: 'worker' }, event, detail };
}

export function change(next: Onboarding, ledger: readonly LedgerEntry[] = [], tell: readonly Tell[] = []): Change {
  return { next, ledger, tell };
}
