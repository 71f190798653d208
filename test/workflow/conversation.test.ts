import { jane, kim, lee, mo, person, priya } from '../onboarding/people';
import { Stage } from './stage';

const boss = person('boss');

let stage: Stage;
beforeEach(async () => {
  stage = new Stage({ adminIds: [kim.id] });
  stage.tenant.people.set(boss.id, boss);
  stage.tenant.managers.set(mo.id, boss.id);
  await stage.start();
});
afterEach(() => stage.end());

test('not mine goes up the line, who is asked decides, and only while the directory says so', async () => {
  const { onboardings } = stage.workflow;
  const asked = await stage.request();
  const passed = await onboardings.passOn(stage.click(asked, mo.id));
  expect(passed).toMatchObject({ kind: 'ok', onboarding: { approver: { id: boss.id }, approverIs: 'line' } });
  const both = { knowsPerson: true, spokeToday: true };
  expect(await onboardings.approve(stage.click(asked, mo.id), both)).toMatchObject({ refusal: { code: 'passed-on' } });
  stage.tenant.managers.set(mo.id, lee.id);
  const not = { refusal: { code: 'not-approver-any-more' } };
  expect(await onboardings.approve(stage.click(asked, boss.id), both)).toMatchObject(not);
  stage.tenant.managers.set(mo.id, boss.id);
  expect(await onboardings.approve(stage.click(asked, boss.id), both)).toMatchObject({ kind: 'ok' });
  // The pass is theirs, and is judged again when it is shown.
  const shown = await stage.showPass(await stage.now(asked), boss.id);
  expect(shown.kind).toBe('pass');
  expect(await stage.events(asked)).toEqual(expect.arrayContaining(['requested', 'passed-on', 'approved']));
});

test('a line that runs in a circle ends at the fallback, and a fallback cannot pass it back up', async () => {
  stage.tenant.managers.set(mo.id, jane.id);
  const { onboardings } = stage.workflow;
  const asked = await stage.request();
  expect(await onboardings.passOn(stage.click(asked, mo.id))).toMatchObject({
    kind: 'ok',
    onboarding: { approver: { id: lee.id }, approverIs: 'fallback' },
  });
  expect(await onboardings.passOn(stage.click(asked, lee.id))).toMatchObject({ refusal: { code: 'nobody-else' } });
});

test('another pass is asked of the approver by whoever has a part in it, and by nobody else', async () => {
  const { onboardings } = stage.workflow;
  const open = await stage.open();
  expect(await onboardings.wantPass(boss.id, open.number)).toMatchObject({ refusal: { code: 'not-yours' } });
  expect(await onboardings.wantPass(priya.id, 99)).toMatchObject({ refusal: { code: 'unknown-onboarding' } });
  expect(await onboardings.wantPass(priya.id, open.number)).toMatchObject({ kind: 'ok' });
  expect(stage.told('approver-pass-wanted')).toEqual([mo.id]);
  expect((await stage.now(open)).passesStarted).toBe(1);
  expect(await onboardings.wantPass(jane.id, open.number)).toMatchObject({ refusal: { code: 'asked-just-now' } });
});

test('administrators pause and resume; helpdesk does not, and neither does a disabled one', async () => {
  const { onboardings } = stage.workflow;
  expect(await onboardings.setPaused(priya.id, true)).toEqual({ code: 'not-admin' });
  expect(await onboardings.setPaused(kim.id, true)).toEqual({ changed: true });
  expect(await onboardings.setPaused(kim.id, true)).toEqual({ changed: false });
  const asked = { requester: priya.id, who: { id: jane.id }, askedIn: 'conversation-1' };
  expect(await onboardings.request(asked)).toMatchObject({ refusal: { code: 'paused' } });
  stage.tenant.people.set(kim.id, { ...kim, enabled: false });
  expect(await onboardings.setPaused(kim.id, false)).toEqual({ code: 'not-admin' });
  stage.tenant.people.set(kim.id, kim);
  expect(await onboardings.setPaused(kim.id, false)).toEqual({ changed: true });
  expect(await onboardings.request(asked)).toMatchObject({ kind: 'requested' });
  expect((await stage.events()).filter((event) => event === 'paused' || event === 'resumed')).toEqual([
    'paused',
    'resumed',
  ]);
});

test('what was said besides the name is kept, cut, and looked up by name by helpdesk only', async () => {
  const { onboardings } = stage.workflow;
  const answer = await onboardings.request({
    requester: priya.id,
    who: { id: jane.id },
    askedIn: 'conversation-1',
    words: { ticket: `INC${'1'.repeat(60)}`, because: 'x'.repeat(400), zone: 'Europe/Berlin' },
  });
  expect(answer).toMatchObject({
    onboarding: { ticket: `INC${'1'.repeat(37)}`, because: 'x'.repeat(300), zone: 'Europe/Berlin' },
  });
  const first = jane.displayName.slice(0, 3).toUpperCase();
  expect(await onboardings.lookUp(priya.id, { text: first })).toMatchObject([{ subject: { id: jane.id } }]);
  expect(await onboardings.lookUp(priya.id, { id: jane.id })).toHaveLength(1);
  expect(await onboardings.lookUp(priya.id, { text: 'nobody' })).toEqual([]);
  expect(await onboardings.lookUp(mo.id, { text: first })).toEqual({ code: 'not-helpdesk' });
  expect(await onboardings.askedIn('conversation-1', 0)).toHaveLength(1);
  expect(await onboardings.askedIn('conversation-2', 0)).toEqual([]);
});
