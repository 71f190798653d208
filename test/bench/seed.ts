import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { PersonName } from '../../bot/onboarding/person';
import type { OpenStore } from '../../bot/store/open-store';
import { personalChatId } from '../../playground/teams/ids';
import type { Rig } from './rig';

const HOUR = 3_600_000;
const POLL = 10_000;

/**
 * Open windows as the workflow leaves them when it has read the membership back, put into the store through its own
 * `create` and into the group by hand: no request, no approval, no pass and no message came before. They are fresh, so
 * each is looked at as often as any window ever is.
 */
export async function openWindows(rig: Rig, store: OpenStore, from: number, to: number): Promise<Onboarding[]> {
  const opened: Onboarding[] = [];
  for (let index = from; index < to; index++) {
    progress('open windows', index - from, to - from);
    const now = Date.now();
    const made = await create(rig, store, index, {
      state: 'open',
      requestedAt: now - 1_000,
      expiresAt: now + 24 * HOUR,
      openedAt: now,
      memberAt: now,
      deadline: now + HOUR,
      baseline: { takenAt: now, methods: [] },
      dueAt: now + (index % 100) * (POLL / 100),
    });
    // Past the journal and past the tenant's copies of itself.
    rig.state.groups.get(rig.state.onboardingGroupId)?.members.add(made.subject.id);
    opened.push(made);
  }
  return opened;
}

/** Onboardings of the last months that are over and looked after. */
export async function pastOnes(rig: Rig, store: OpenStore, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    progress('past onboardings', index, count);
    const at = Date.now() - 60 * 24 * HOUR + index * 60_000;
    await create(rig, store, index, {
      state: 'closed',
      outcome: 'completed',
      requestedAt: at,
      expiresAt: at + 24 * HOUR,
      approvedAt: at,
      openedAt: at,
      memberAt: at,
      deadline: at + HOUR,
      closedAt: at + HOUR / 2,
      closedBy: 'onboard',
      aftercareDone: 3,
    });
  }
}

/** Said now and then, so that nobody takes the seeding of thousands for a bench that hangs. */
function progress(what: string, done: number, all: number): void {
  if (done > 0 && done % 2_000 === 0) process.stdout.write(`  seeded ${done} of ${all} ${what}\n`);
}

async function create(
  { crowd, state }: Rig,
  { store }: OpenStore,
  index: number,
  more: Partial<Onboarding> & Pick<Onboarding, 'state' | 'requestedAt' | 'expiresAt'>,
): Promise<Onboarding> {
  const subject = crowd[index % crowd.length];
  const [mo, priya] = ['mo', 'priya'].map((key) => [...state.users.values()].find((user) => user.key === key));
  if (!subject || !mo || !priya) throw new Error('there is nobody to seed');
  const id = `bench-${index}`;
  const next: Onboarding = {
    id,
    number: 0,
    version: 0,
    nonce: `nonce-${index}`,
    reason: 'new',
    subject: name(subject),
    requester: name(priya),
    approver: name(mo),
    approverIs: 'manager',
    privileged: false,
    askedIn: personalChatId(state.botApp.appId, priya.id),
    approvedBy: name(mo),
    passesStarted: 0,
    findings: [],
    ...more,
  };
  const line = {
    at: more.requestedAt,
    actor: { operator: 'bench' },
    event: 'requested',
    detail: { subject: subject.id },
  };
  const made = await store.create({ next, ledger: [line], tell: [] });
  if (!('created' in made)) throw new Error(`${subject.key} has an onboarding already`);
  return made.created;
}

function name({
  id,
  displayName,
  userPrincipalName,
  jobTitle,
  department,
}: Omit<PersonName, 'preferredLanguage'>): PersonName {
  return {
    id,
    displayName,
    userPrincipalName,
    ...(jobTitle ? { jobTitle } : {}),
    ...(department ? { department } : {}),
  };
}
