import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Onboarding } from '../onboarding/onboarding';
import type { Glance } from '../workflow/store-port';
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
    deadline: onboarding.deadline ?? null,
    exit_at: onboarding.exit?.startedAt ?? null,
    left_at: onboarding.exit?.leftAt ?? null,
    data: JSON.stringify(onboarding),
  };
}

/** @throws StoreError STORE_CORRUPT when the data is no JSON. */
export function toOnboarding(row: Pick<Selectable<OnboardingTable>, 'data' | 'due_at'>): Onboarding {
  const { dueAt: _asCommitted, ...rest } = parseData(row.data) as unknown as Onboarding;
  return row.due_at === null ? rest : { ...rest, dueAt: row.due_at };
}

type GlanceRow = Pick<
  Selectable<OnboardingTable>,
  'id' | 'number' | 'version' | 'subject_id' | 'opened_at' | 'deadline' | 'due_at' | 'exit_at' | 'left_at' | 'state'
>;

/** A window without a deadline is none that Onboard wrote: it counts as over. */
export function toGlance(row: GlanceRow): Glance {
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    state: row.state as Glance['state'],
    subject: row.subject_id,
    openedAt: row.opened_at ?? 0,
    deadline: row.deadline ?? 0,
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    ...(row.exit_at === null ? {} : { exitAt: row.exit_at }),
    ...(row.left_at === null ? {} : { leftAt: row.left_at }),
  };
}

/** @throws StoreError STORE_CORRUPT */
export function parseData(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new StoreError('STORE_CORRUPT', 'data is no JSON');
  }
}
