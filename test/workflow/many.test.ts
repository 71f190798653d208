import type { Passkey } from '../../bot/onboarding/method';
import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { PersonId } from '../../bot/onboarding/person';
import { type Tenant, TenantError } from '../../bot/workflow/tenant';
import { mo, passkey, person, requested, T0 } from '../onboarding/people';
import { Stage } from './stage';

const MANY = 150;
/** Looks that the tenant takes in ten seconds: one round takes 75 s, although each window wants one in ten. */
const TAKES = 20;
const ROUND = (MANY / TAKES) * 10_000;

let stage: Stage;
let looks: Map<PersonId, number>;

beforeEach(async () => {
  stage = await new Stage().start();
  looks = new Map();
  let [from, taken] = [stage.clock.now(), 0];
  jest.spyOn(stage.tenant as Tenant, 'passkeys').mockImplementation(async (ids) => {
    const now = stage.clock.now();
    if (now >= from + 10_000) [from, taken] = [now, 0];
    return new Map(
      ids.map((id): [PersonId, readonly Passkey[] | TenantError] => {
        if (taken >= TAKES)
          return [id, new TenantError('throttled', 'GRAPH_NOT_NOW', 'x', 'x', { retryAfter: from + 10_000 - now })];
        taken++;
        looks.set(id, (looks.get(id) ?? 0) + 1);
        return [id, stage.tenant.keys.get(id) ?? []];
      }),
    );
  });
});
afterEach(() => stage.end());

async function open(index: number, more: Partial<Onboarding> = {}): Promise<Onboarding> {
  const subject = person(`crowd-${index}`);
  const made = await stage.opened.store.create({
    next: {
      ...requested(),
      id: `many-${index}`,
      subject,
      state: 'open',
      approvedBy: mo,
      openedAt: T0,
      memberAt: T0,
      deadline: T0 + stage.policy.windowLength,
      baseline: { takenAt: T0, methods: [] },
      dueAt: T0,
      ...more,
    },
    ledger: [],
    tell: [],
  });
  stage.tenant.group.add(subject.id);
  if (!('created' in made)) throw new Error('taken');
  return made.created;
}

async function openMany(): Promise<Onboarding[]> {
  const made: Onboarding[] = [];
  for (let index = 0; index < MANY; index++) made.push(await open(index));
  return made;
}

test('with more windows than the tenant takes looks for, all are looked at in turn', async () => {
  const windows = await openMany();
  for (let round = 1; round <= 3; round++) {
    await stage.clock.advance(ROUND);
    const counts = windows.map(({ subject }) => looks.get(subject.id) ?? 0);
    // One stretch may be lost at the beginning, and one may be under way.
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(round - 1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(round * MANY - 2 * TAKES);
  }
  expect(stage.said('step-failed')).toEqual([]);
});

test('a passkey among them is seen within one round, a stop and a deadline wait for none', async () => {
  const windows = await openMany();
  const over = await open(MANY, { deadline: T0 + 30_000, dueAt: T0 + 30_000 });
  await stage.clock.advance(25_000);
  const [stopped, registers] = [windows[7], windows[120]];
  if (!stopped || !registers) throw new Error('a window is missing');

  await stage.workflow.onboardings.operatorStop(stopped.number, 'ops');
  await stage.clock.advance(2_000);
  expect(stage.tenant.group).not.toContain(stopped.subject.id);

  await stage.clock.advance(5_000);
  expect(stage.tenant.group).not.toContain(over.subject.id);

  stage.tenant.keys.set(registers.subject.id, [passkey('new', { createdAt: stage.clock.now() })]);
  await stage.clock.advance(ROUND + 10_000);
  expect(stage.tenant.group).not.toContain(registers.subject.id);
});
