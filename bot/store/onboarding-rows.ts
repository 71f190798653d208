import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Onboarding } from '../onboarding/onboarding';
import type { OnboardingTable } from './schema';
import { StoreError } from './store-error';

/** Everything but the lease, which a commit leaves as it is. */
export function toRow(onboarding: Onboarding): Insertable<OnboardingTable> & Updateable<OnboardingTable> {
  return {
    id: onboarding.id,
    number: onboarding.number,
    version: onboarding.version,
    state: onboarding.state,
    subject_id: onboarding.subject.id,
    requester_id: onboarding.requester.id,
    approver_id: onboarding.approver.id,
    // Whole, whatever a back-off was multiplied with: PostgreSQL refuses half a millisecond.
    due_at: onboarding.dueAt === undefined ? null : Math.ceil(onboarding.dueAt),
    requested_at: onboarding.requestedAt,
    opened_at: onboarding.openedAt ?? null,
    closed_at: onboarding.closedAt ?? null,
    data: JSON.stringify(onboarding),
  };
}

/** @throws StoreError STORE_CORRUPT when the data is no JSON. */
export function toOnboarding(row: Pick<Selectable<OnboardingTable>, 'data' | 'due_at'>): Onboarding {
  const { dueAt: _asCommitted, ...rest } = parseData(row.data) as unknown as Onboarding;
  return row.due_at === null ? rest : { ...rest, dueAt: row.due_at };
}

/** @throws StoreError STORE_CORRUPT */
export function parseData(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new StoreError('STORE_CORRUPT', 'data is no JSON');
  }
}
