import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { Answer, Click } from '../../bot/workflow/onboardings';
import { HOUR, jane, kim, lee, MINUTE, mallory, mo, passkey, person, policy, priya } from '../onboarding/people';
import { settle } from '../workflow/fake-clock';
import { Stage } from '../workflow/stage';

/** Abuse by people who may write to the bot, on the real workflow and a real store. */
let stage: Stage;
afterEach(() => stage.end());

const ticks = { knowsPerson: true, spokeToday: true };
const approve = (onboarding: Onboarding, by: string, more: Partial<Click> = {}) =>
  stage.workflow.onboardings.approve(stage.click(onboarding, by, more), ticks);
const refused = (answer: { kind: string; refusal?: { code: string } }) =>
  answer.kind === 'refused' ? answer.refusal?.code : answer.kind;
const ask = (who: { text: string } | { id: string } = { id: jane.id }, requester = priya.id) =>
  stage.workflow.onboardings.request({ requester, who, askedIn: 'conversation-1' });
const adds = () => stage.tenant.effects.filter((effect) => /^(add|create|replace)/.test(effect));

test('only the one who was asked decides, and for everybody else the card does nothing', async () => {
  stage = await new Stage().start();
  const onboarding = await stage.request();
  for (const by of [mallory.id, priya.id, jane.id, kim.id]) {
    expect([by, refused(await approve(onboarding, by))]).toEqual([by, expect.stringMatching(/not-yours|same-person/)]);
    const declined = await stage.workflow.onboardings.decline(stage.click(onboarding, by), 'no');
    expect([by, refused(declined)]).toEqual([by, expect.stringMatching(/not-yours|same-person/)]);
    expect(refused(await stage.showPass(onboarding, by))).not.toBe('pass');
    expect(refused(await stage.workflow.onboardings.handedOver(stage.click(onboarding, by)))).not.toBe('ok');
  }
  expect(await stage.now(onboarding)).toEqual(onboarding);
  expect(stage.tenant.effects).toEqual([]);
});

test('whoever asks does not also decide', async () => {
  stage = await new Stage().start();
  stage.tenant.groups.set(policy.helpdeskGroupId, new Set([priya.id, mo.id]));
  const onboarding = await stage.request({ id: jane.id }, mo.id);
  expect([onboarding.approver.id, onboarding.approverIs]).toEqual([lee.id, 'fallback']);
  expect(refused(await approve(onboarding, mo.id))).toBe('same-person');
  expect(refused(await stage.showPass(onboarding, mo.id))).not.toBe('pass');
  expect(stage.tenant.effects).toEqual([]);
});

test('nobody exempts themselves, not even with another’s help to the form', async () => {
  stage = await new Stage({ fallbackApproverIds: [lee.id, jane.id] }).start();
  stage.tenant.groups.set(policy.helpdeskGroupId, new Set([priya.id, jane.id]));
  expect(refused(await ask({ id: jane.id }, jane.id))).toBe('self');
  // She is on the list of those who may decide, and even named as her own manager.
  stage.tenant.managers.set(jane.id, jane.id);
  const onboarding = await stage.request();
  expect(onboarding.approver.id).toBe(lee.id);
  expect(refused(await approve(onboarding, jane.id))).toBe('same-person');
  // Whoever is exempt just now, or was today, neither asks nor decides for the next one.
  stage.tenant.group.add(lee.id);
  expect(refused(await approve(onboarding, lee.id))).toBe('approver-exempt');
  expect(adds()).toEqual([]);
});

test('a press counts once, wherever and whenever it is repeated', async () => {
  stage = await new Stage().start();
  const onboarding = await stage.request();
  const press = () => approve(onboarding, mo.id);
  const [one, two] = await Promise.all([press(), press()]);
  expect([one.kind, two.kind].sort()).toEqual(['ok', 'refused']);
  const approved = await stage.now(onboarding);
  const shown = await stage.showPass(approved);
  expect(shown.kind).toBe('pass');
  const after = [...stage.tenant.effects];
  expect(await press()).toMatchObject({ refusal: { code: 'already-decided', by: 'Mo' } });
  await stage.workflow.onboardings.stop(stage.click(approved, mo.id));
  await stage.clock.advance(10_000, 1_000);
  const ended = [...stage.tenant.effects];
  await stage.clock.advance(24 * HOUR, HOUR);
  expect(await press()).toMatchObject({ refusal: { code: 'finished', outcome: 'stopped' } });
  expect(refused(await stage.showPass(approved))).toBe('finished');
  expect(adds()).toEqual(after.filter((effect) => /^(add|create|replace)/.test(effect)));
  expect(ended.filter((effect) => effect === `remove ${jane.id}`)).toHaveLength(1);
  expect((await stage.events(onboarding)).filter((event) => event === 'approved')).toHaveLength(1);
});

test('of two decisions at once one stands, and one against time too', async () => {
  stage = await new Stage().start();
  const first = await stage.request();
  const answers: Answer[] = await Promise.all([
    approve(first, mo.id),
    stage.workflow.onboardings.decline(stage.click(first, lee.id), 'no'),
    stage.workflow.onboardings.stop(stage.click(first, priya.id)),
  ]);
  const events = await stage.events(first);
  const decided = (events: readonly string[]) =>
    events.filter((event) => ['approved', 'declined', 'expired', 'cancelled'].includes(event));
  const closed = (await stage.now(first)).state === 'closed';
  expect(answers.filter(({ kind }) => kind === 'ok').length).toBeGreaterThanOrEqual(1);
  // An approval may still be cancelled after it; a decline, a cancellation and an expiry are the last word.
  expect(decided(events).filter((event) => event !== 'approved').length).toBeLessThanOrEqual(1);
  expect(closed).toBe(decided(events).some((event) => event !== 'approved'));
  if (!closed) await stage.workflow.onboardings.stop(stage.click(await stage.now(first), mo.id));

  const second = await stage.request();
  await stage.clock.advance(second.expiresAt - stage.clock.now() - 1, HOUR);
  const [, late] = await Promise.all([stage.clock.advance(1), approve(second, mo.id)]);
  await stage.clock.advance(5_000, 1_000);
  await settle();
  const outcome = await stage.now(second);
  expect([outcome.state, decided(await stage.events(second)).length]).toEqual([
    expect.stringMatching(/approved|closed/),
    1,
  ]);
  expect(late.kind === 'ok').toBe(outcome.state === 'approved');
});

test('a card says nothing that is believed', async () => {
  stage = await new Stage().start();
  const roe = person('jane-roe', { displayName: 'Jane Roe' });
  stage.tenant.people.set(roe.id, roe);
  stage.tenant.managers.set(roe.id, lee.id);
  const janes = await stage.request();
  const roes = await stage.request({ id: roe.id });
  const forged: Partial<Click>[] = [
    { nonce: '' },
    { nonce: roes.nonce },
    { onboardingId: roes.id },
    { onboardingId: 'no-such' },
    { version: janes.version + 1 },
    { version: 999_999 },
  ];
  for (const more of forged)
    expect([more, refused(await approve(janes, mo.id, more))]).toEqual([more, 'unknown-onboarding']);
  // What is no part of a click is not read at all: neither another person, nor a longer life, nor another group.
  const extra = { subject: roe.id, person: roe.id, lifetimeMinutes: 480, groupId: 'admins', startAt: 0 };
  const answer = await approve(janes, mo.id, extra as Partial<Click>);
  expect(answer).toMatchObject({ kind: 'ok', onboarding: { subject: { id: jane.id } } });
  const shown = await stage.showPass((answer as Extract<Answer, { kind: 'ok' }>).onboarding);
  expect(shown).toMatchObject({ kind: 'pass' });
  expect(stage.tenant.taps.get(jane.id)?.lifetimeMinutes).toBeLessThanOrEqual(60);
  expect(adds().every((effect) => effect.endsWith(jane.id))).toBe(true);
});

test('an approval is worth what the directory says at that moment, and again when the pass is shown', async () => {
  stage = await new Stage().start();
  const onboarding = await stage.request();
  const changes: readonly [string, () => void, () => void][] = [
    [
      'another manager',
      () => stage.tenant.managers.set(jane.id, kim.id),
      () => stage.tenant.managers.set(jane.id, mo.id),
    ],
    [
      'no manager any more',
      () => stage.tenant.managers.delete(jane.id),
      () => stage.tenant.managers.set(jane.id, mo.id),
    ],
    [
      'disabled',
      () => stage.tenant.people.set(mo.id, { ...mo, enabled: false }),
      () => stage.tenant.people.set(mo.id, mo),
    ],
    ['deleted', () => stage.tenant.people.delete(mo.id), () => stage.tenant.people.set(mo.id, mo)],
    [
      'a guest',
      () => stage.tenant.people.set(mo.id, { ...mo, kind: 'guest' }),
      () => stage.tenant.people.set(mo.id, mo),
    ],
  ];
  for (const [what, change, back] of changes) {
    change();
    expect([what, (await approve(onboarding, mo.id)).kind]).toEqual([what, 'refused']);
    back();
  }
  const approved = await approve(onboarding, mo.id);
  if (approved.kind !== 'ok') throw new Error(approved.refusal.code);
  for (const [what, change, back] of changes) {
    change();
    expect([what, (await stage.showPass(approved.onboarding)).kind]).toEqual([what, 'refused']);
    back();
  }
  // And whoever was exempt a moment ago is not asked to exempt others.
  stage.tenant.group.add(mo.id);
  expect(refused(await stage.showPass(approved.onboarding))).toBe('approver-exempt');
  expect(adds()).toEqual([]);
});

test('where no manager can decide, only somebody on the list does, or nobody', async () => {
  const cases: readonly [string, () => void][] = [
    ['no manager', () => stage.tenant.managers.delete(jane.id)],
    ['a manager who is disabled', () => stage.tenant.people.set(mo.id, { ...mo, enabled: false })],
    ['a manager from elsewhere', () => stage.tenant.people.set(mo.id, { ...mo, kind: 'guest' })],
    [
      'a manager who is no person',
      () => jest.spyOn(stage.tenant, 'manager').mockResolvedValue({ kind: 'not-a-person' } as never),
    ],
    ['her own manager', () => stage.tenant.managers.set(jane.id, jane.id)],
  ];
  for (const [what, change] of cases) {
    stage = await new Stage().start();
    change();
    const onboarding = await stage.request();
    expect([what, onboarding.approver.id, onboarding.approverIs]).toEqual([what, lee.id, 'fallback']);
    expect(refused(await approve(onboarding, mallory.id))).toBe('not-yours');
    await stage.end();

    stage = await new Stage({ fallbackApproverIds: [] }).start();
    change();
    expect([what, refused(await ask())]).toEqual([what, 'no-approver']);
    expect(stage.tenant.effects).toEqual([]);
    await stage.end();
  }
  stage = await new Stage().start();
});

test('the accounts that open everything are not opened this way', async () => {
  const cases: readonly [string, string, () => void][] = [
    ['an administrator', 'privileged-off', () => stage.tenant.privileged.add(jane.id)],
    ['an account for emergencies', 'protected', () => Object.assign(stage.policy, { protectedIds: [jane.id] })],
    ['a guest', 'guest', () => stage.tenant.people.set(jane.id, { ...jane, kind: 'guest' })],
    ['somebody disabled', 'disabled', () => stage.tenant.people.set(jane.id, { ...jane, enabled: false })],
    [
      'somebody of whom it cannot be read',
      'privileged-unreadable',
      () => jest.spyOn(stage.tenant, 'privilege').mockResolvedValue({ level: 'unreadable', evidence: [] } as never),
    ],
  ];
  for (const [what, code, change] of cases) {
    stage = await new Stage().start();
    change();
    expect([what, refused(await ask())]).toEqual([what, code]);
    await stage.end();

    // The same when it happens between the approval and the pass.
    stage = await new Stage().start();
    const approved = await stage.approved();
    change();
    expect([what, (await stage.showPass(approved)).kind]).toEqual([what, 'refused']);
    expect([what, adds()]).toEqual([what, []]);
    await stage.end();
  }
  // Switched on, it takes two people and a proven guard, and the second is never shown the pass.
  stage = await new Stage({ privileged: 'on' }).start();
  stage.tenant.privileged.add(jane.id);
  const first = await stage.approved();
  expect((await stage.showPass(first)).kind).toBe('refused');
  expect(refused(await stage.workflow.onboardings.secondApprove(stage.click(first, mo.id)))).not.toBe('ok');
  const second = await stage.workflow.onboardings.secondApprove(stage.click(first, kim.id));
  if (second.kind !== 'ok') throw new Error(second.refusal.code);
  stage.tenant.guard = { proven: false, why: 'disabled' };
  expect(refused(await stage.showPass(second.onboarding))).toBe('guard-unproven');
  stage.tenant.guard = { proven: true, policyName: 'CA889' };
  expect((await stage.showPass(second.onboarding, kim.id)).kind).toBe('refused');
  expect((await stage.showPass(second.onboarding)).kind).toBe('pass');
});

test('a manager is not worn down, and one technician does not reach everybody', async () => {
  stage = await new Stage({ maxOpenPerApprover: 3, maxRequestsPerRequesterPerDay: 5 }).start();
  const crowd = Array.from({ length: 50 }, (_, n) => person(`new-${n}`, { displayName: `New ${n}` }));
  for (const [n, one] of crowd.entries()) {
    stage.tenant.people.set(one.id, one);
    stage.tenant.managers.set(one.id, n < 25 ? mo.id : kim.id);
  }
  const answers: (string | undefined)[] = [];
  for (const one of crowd) answers.push(refused(await ask({ id: one.id })));
  const count = (code: string) => answers.filter((answer) => answer === code).length;
  expect(count('requested')).toBe(5);
  expect(count('approver-cap')).toBeGreaterThan(0);
  expect(count('requester-cap')).toBeGreaterThan(0);
  expect(count('requested') + count('approver-cap') + count('requester-cap')).toBe(50);
  const active = await stage.opened.store.active();
  expect(active.filter(({ approver }) => approver.id === mo.id).length).toBeLessThanOrEqual(3);
  // Each is decided on a card of its own: nothing approves several.
  expect(Object.keys(stage.workflow.onboardings).filter((name) => /^approve.+|batch/i.test(name))).toEqual([]);
});

test('a pass is shown to one person while it is of use, and to nobody afterwards', async () => {
  stage = await new Stage().start();
  const approved = await stage.approved();
  for (const by of [lee.id, priya.id, jane.id, mallory.id, kim.id])
    expect([by, (await stage.showPass(approved, by)).kind]).toEqual([by, 'refused']);
  expect(adds()).toEqual([]);
  const shown = await stage.showPass(approved);
  if (shown.kind !== 'pass') throw new Error(shown.refusal.code);
  for (const by of [lee.id, priya.id, jane.id, mallory.id])
    expect([by, (await stage.showPass(shown.onboarding, by)).kind]).toEqual([by, 'refused']);

  // Again and again ends, the last minutes have none, and a window that is over has none.
  expect((await stage.showPass(shown.onboarding)).kind).toBe('pass');
  expect((await stage.showPass(shown.onboarding)).kind).toBe('pass');
  expect(refused(await stage.showPass(shown.onboarding))).toBe('passes-used-up');
  await stage.clock.advance(52 * MINUTE, MINUTE);
  expect(refused(await stage.showPass(shown.onboarding))).toMatch(/too-late-for-a-pass|passes-used-up/);
  await stage.clock.advance(20 * MINUTE, MINUTE);
  const before = [...stage.tenant.effects];
  expect(refused(await stage.showPass(shown.onboarding))).toBe('finished');
  expect(stage.tenant.effects).toEqual(before);
  expect(stage.tenant.taps.size).toBe(0);

  // Who has her passkey by now gets no further pass either.
  stage.tenant.keys.set(jane.id, [passkey('hers')]);
  expect(refused(await ask())).toMatch(/has-passkey|recent-window|subject-cap/);
});
