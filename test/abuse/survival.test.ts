import { hasOpenWindow, type Onboarding } from '../../bot/onboarding/onboarding';
import { createWorkflow } from '../../bot/workflow/index';
import { HOUR, jane, MINUTE, mallory, mo, passkey, person } from '../onboarding/people';
import { settle } from '../workflow/fake-clock';
import { Stage } from '../workflow/stage';

/** What outlasts crashes, outages, clocks and other hands, on the real workflow and a real store. */
let stage: Stage;
beforeEach(async () => {
  stage = await new Stage().start();
});
afterEach(() => stage.end());

const done = (effect: string) => stage.tenant.effects.filter((each) => each === effect).length;
const pass = () => stage.tenant.taps.size;

test('a crash around a pass leaves one pass at most, and the one that nobody saw is deleted', async () => {
  const approved = await stage.approved();
  // Carried out, and the answer lost: nobody has the code, and nobody knows that there is one.
  stage.tenant.fail('createPass', 'unknown', 1, { after: true });
  expect((await stage.showPass(approved)).kind).toBe('refused');
  expect(pass()).toBe(1);
  const lost = stage.tenant.taps.get(jane.id)?.id;
  await stage.restart();
  await stage.clock.advance(MINUTE, 1_000);
  const shown = await stage.showPass(await stage.now(approved));
  expect(shown.kind).toBe('pass');
  expect([pass(), stage.tenant.taps.get(jane.id)?.id === lost]).toEqual([1, false]);
  expect(done(`delete pass ${jane.id}`) + done(`replace pass ${jane.id}`)).toBeGreaterThanOrEqual(1);
  // The ledger has the attempt whose answer never came, and the one that was shown.
  const events = await stage.events(approved);
  expect(events.filter((event) => event === 'pass-intended').length).toBeGreaterThanOrEqual(2);
  expect(events.filter((event) => event === 'pass-created')).toHaveLength(1);
});

test('a crash leaves nobody exempt for good', async () => {
  const approved = await stage.approved();
  // Dies after she was put in, before that was written down.
  stage.tenant.fail('addMember', 'unknown', 1, { after: true });
  void stage.workflow.onboardings.showPass(stage.click(approved, mo.id));
  await stage.clock.advance(50, 25);
  await stage.restart();
  await stage.clock.advance(61 * MINUTE, MINUTE);
  expect([stage.tenant.group.has(jane.id), pass()]).toEqual([false, 0]);
  expect((await stage.now(approved)).state).toBe('closed');
  expect(done(`add ${jane.id}`)).toBeLessThanOrEqual(1);

  // Dies after the passkey was seen, before she was taken out.
  await stage.clock.advance(25 * HOUR, HOUR);
  const open = await stage.open();
  stage.tenant.keys.set(jane.id, [passkey('new', { createdAt: stage.clock.now() })]);
  stage.tenant.fail('removeMember', 'unavailable', 3);
  await stage.clock.advance(11_000, 1_000);
  await stage.restart();
  await stage.clock.advance(5 * MINUTE, 1_000);
  expect([stage.tenant.group.has(jane.id), (await stage.now(open)).outcome]).toEqual([false, 'completed']);
});

test('while the tenant is away nobody gets in, and everybody gets out as soon as it is back', async () => {
  const crowd = Array.from({ length: 20 }, (_, n) => person(`new-${n}`, { displayName: `New ${n}` }));
  Object.assign(stage.policy, { maxOpenPerApprover: 100, maxRequestsPerRequesterPerDay: 100 });
  const open: Onboarding[] = [];
  for (const one of crowd) {
    stage.tenant.people.set(one.id, one);
    stage.tenant.managers.set(one.id, mo.id);
    const asked = await stage.request({ id: one.id });
    const approved = await stage.workflow.onboardings.approve(stage.click(asked, mo.id), {
      knowsPerson: true,
      spokeToday: true,
    });
    if (approved.kind !== 'ok') throw new Error(approved.refusal.code);
    const shown = await stage.showPass(approved.onboarding);
    if (shown.kind !== 'pass') throw new Error(shown.refusal.code);
    open.push(shown.onboarding);
  }
  const waiting = await stage.approved();
  expect(stage.tenant.group.size).toBe(20);

  for (const call of ['addMember', 'removeMember', 'isMember', 'members', 'deletePass', 'revokeSessions'] as const)
    stage.tenant.fail(call, 'throttled', 100_000, { retryAfter: 5_000 });
  const effects = [...stage.tenant.effects];
  for (let minute = 0; minute < 70; minute += 5) await stage.clock.advance(5 * MINUTE, MINUTE);
  expect((await stage.showPass(waiting)).kind).toBe('refused');
  expect(stage.tenant.effects).toEqual(effects);
  expect((await stage.opened.store.active()).filter(hasOpenWindow).length).toBeGreaterThanOrEqual(20);

  stage.tenant.heal();
  await stage.clock.advance(5 * MINUTE, 1_000);
  expect([stage.tenant.group.size, pass()]).toEqual([0, 0]);
  for (const one of open) expect((await stage.now(one)).outcome).toBe('lapsed');
});

test('somebody put into the group by another hand is reported, and never made one of ours', async () => {
  stage.tenant.group.add(mallory.id);
  await stage.clock.advance(3 * MINUTE, MINUTE);
  expect(stage.said('sweep-unknown-members').length).toBeGreaterThan(0);
  expect(stage.tenant.group.has(mallory.id)).toBe(true);
  expect(await stage.opened.store.active()).toEqual([]);
  // Nor does her being there make an onboarding easier: it is refused, and gives no pass.
  stage.tenant.managers.set(mallory.id, mo.id);
  const answer = await stage.workflow.onboardings.request({
    requester: 'id-priya',
    who: { id: mallory.id },
    askedIn: 'conversation-1',
  });
  expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'already-member' } });
  expect(pass()).toBe(0);
});

test('only a new passkey of an accepted kind ends it well', async () => {
  const old = passkey('old', { createdAt: 1, passkeyType: 'synced' });
  stage.tenant.keys.set(jane.id, [old]);
  const open = await stage.open();
  const standing = async () => (await stage.now(open)).state;
  // There before, or deleted and put back with another date: no proof.
  await stage.clock.advance(30_000, 1_000);
  stage.tenant.keys.set(jane.id, []);
  await stage.clock.advance(30_000, 1_000);
  stage.tenant.keys.set(jane.id, [{ ...old, createdAt: stage.clock.now() }]);
  await stage.clock.advance(30_000, 1_000);
  expect(await standing()).toBe('open');
  // Authenticator alone, and a kind that is not accepted: progress at best.
  stage.tenant.push.set(jane.id, [
    { id: 'push', kind: 'authenticator', displayName: 'iPhone', createdAt: stage.clock.now() },
  ]);
  stage.tenant.keys.set(jane.id, [old, passkey('synced', { passkeyType: 'synced', createdAt: stage.clock.now() })]);
  await stage.clock.advance(30_000, 1_000);
  expect(await standing()).toBe('open');
  // The real one ends it, and what somebody else added beside it is listed.
  stage.tenant.keys.set(jane.id, [old, passkey('hers'), passkey('another', { displayName: 'Somebody’s key' })]);
  await stage.clock.advance(5 * MINUTE, 1_000);
  const closed = await stage.now(open);
  expect([closed.outcome, stage.tenant.group.has(jane.id)]).toEqual(['completed', false]);
  const proof = closed.passkey?.id;
  expect(['hers', 'another']).toContain(proof);
  expect(closed.added?.map(({ id }) => id)).toEqual(expect.arrayContaining([proof === 'hers' ? 'another' : 'hers']));
});

test('a completion that stops being true is told', async () => {
  const open = await stage.open();
  stage.tenant.keys.set(jane.id, [passkey('hers')]);
  await stage.clock.advance(5 * MINUTE, 1_000);
  expect((await stage.now(open)).outcome).toBe('completed');
  stage.tenant.keys.set(jane.id, []);
  stage.tenant.taps.set(jane.id, { id: 'by-hand', startsAt: 0, lifetimeMinutes: 60, usableOnce: false, usable: true });
  stage.tenant.group.add(jane.id);
  await stage.clock.advance(16 * MINUTE, MINUTE);
  await stage.clock.advance(HOUR, MINUTE);
  const findings = (await stage.now(open)).findings.join(' ');
  expect(findings).toMatch(/passkey-gone/);
  expect(findings).toMatch(/pass-again/);
  expect(stage.said('aftercare-finding').length).toBeGreaterThan(0);
  expect(stage.told('alert').length).toBeGreaterThan(0);
  // It opens nothing again: what is found is ended.
  expect(stage.tenant.group.has(jane.id)).toBe(false);
});

test('“gone” is said only of what was read to be gone', async () => {
  const open = await stage.open();
  // Every removal reports success, and the group goes on listing her.
  const real = stage.tenant.removeMember.bind(stage.tenant);
  stage.tenant.removeMember = async () => ({ result: 'removed', tenantTime: stage.clock.now() });
  await stage.workflow.onboardings.stop(stage.click(open, mo.id));
  await stage.clock.advance(2 * MINUTE, 1_000);
  const stuck = await stage.now(open);
  expect([stuck.state, stuck.exit?.leftAt]).toEqual(['closing', undefined]);
  expect(hasOpenWindow(stuck)).toBe(true);
  stage.tenant.removeMember = real;
  await stage.clock.advance(5 * MINUTE, 1_000);
  expect([(await stage.now(open)).state, stage.tenant.group.has(jane.id)]).toEqual(['closed', false]);
  // And where somebody else was quicker, "not there" is as good as done, and done once.
  expect(done(`remove ${jane.id}`)).toBe(1);
});

test('no clock opens a door early or keeps one open', async () => {
  const startAt = stage.clock.now() + 3 * HOUR;
  const asked = await stage.workflow.onboardings.request({
    requester: 'id-priya',
    who: { id: jane.id },
    askedIn: 'conversation-1',
    startAt,
  });
  if (asked.kind !== 'requested') throw new Error(JSON.stringify(asked));
  const approved = await stage.workflow.onboardings.approve(stage.click(asked.onboarding, mo.id), {
    knowsPerson: true,
    spokeToday: true,
  });
  if (approved.kind !== 'ok') throw new Error(approved.refusal.code);
  expect(await stage.showPass(approved.onboarding)).toMatchObject({ refusal: { code: 'too-early' } });
  expect([stage.tenant.group.size, pass()]).toEqual([0, 0]);
  await stage.clock.advance(3 * HOUR, 10 * MINUTE);
  const shown = await stage.showPass(await stage.now(asked.onboarding));
  if (shown.kind !== 'pass') throw new Error(shown.refusal.code);
  const deadline = shown.onboarding.deadline ?? 0;
  // A machine that slept over the deadline, and a day on top of it.
  await stage.clock.advance(24 * HOUR, 24 * HOUR);
  await stage.clock.advance(MINUTE, 1_000);
  const closed = await stage.now(asked.onboarding);
  expect([closed.outcome, closed.deadline, stage.tenant.group.has(jane.id), pass()]).toEqual([
    'lapsed',
    deadline,
    false,
    0,
  ]);
});

test('two instances do nothing twice, and each can end what the other began', async () => {
  const approved = await stage.approved();
  const second = createWorkflow({
    tenant: stage.tenant,
    store: stage.opened.store,
    policy: stage.policy,
    clock: stage.clock,
    log: stage.log,
    pace: { pollHot: 10_000, pollSlow: 25_000, sweep: 60_000 },
    changed: () => undefined,
  });
  second.start();
  await settle();
  const [one, two] = [
    stage.workflow.onboardings.showPass(stage.click(approved, mo.id)),
    second.onboardings.showPass(stage.click(approved, mo.id)),
  ];
  for (let n = 0; n < 200; n++) await stage.clock.advance(25, 25);
  const answers = await Promise.all([one, two]);
  expect(answers.some(({ kind }) => kind === 'pass')).toBe(true);
  expect([done(`add ${jane.id}`), pass()]).toEqual([1, 1]);
  const now = await stage.now(approved);
  await Promise.all([
    stage.workflow.onboardings.stop(stage.click(now, mo.id)),
    second.onboardings.stop(stage.click(now, mo.id)),
  ]);
  await stage.clock.advance(MINUTE, 1_000);
  expect([done(`remove ${jane.id}`), stage.tenant.group.size, pass()]).toEqual([1, 0, 0]);
  expect((await stage.events(approved)).filter((event) => event === 'exit-started')).toHaveLength(1);
  const stopped = second.stop();
  await stage.clock.advance(12_000, 1_000);
  await stopped;
});
