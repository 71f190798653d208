import type { Onboarding } from '../../bot/onboarding/onboarding';
import { jane, mo, passkey, priya } from '../onboarding/people';
import { settle } from './fake-clock';
import { Stage } from './stage';

const old = passkey('old', { displayName: 'Old iPhone' });

let stage: Stage;
async function begin(recoverDelete: 'on' | 'off' = 'on'): Promise<void> {
  stage = await new Stage({ recoverDelete }).start();
  stage.tenant.keys.set(jane.id, [old]);
}
afterEach(() => stage.end());

async function ask(loss: 'lost' | 'stolen' | 'replaced' = 'lost', ids = ['old']): Promise<Onboarding> {
  const answer = await stage.workflow.onboardings.request({
    requester: priya.id,
    who: { id: jane.id },
    askedIn: 'conversation-1',
    recover: { loss, old: ids, noneWorks: false },
  });
  if (answer.kind !== 'requested') throw new Error(JSON.stringify(answer));
  return answer.onboarding;
}

async function approve(onboarding: Onboarding): Promise<Onboarding> {
  const newest = await stage.now(onboarding);
  const answer = await stage.workflow.onboardings.approve(stage.click(newest, mo.id), {
    knowsPerson: true,
    spokeToday: true,
  });
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer.refusal));
  return answer.onboarding;
}

const removals = () => stage.tenant.effects.filter((effect) => effect.startsWith('remove passkey'));

async function openAfterAll(onboarding: Onboarding): Promise<Onboarding> {
  for (let round = 0; round < 12; round++) {
    await stage.showPass(await stage.now(onboarding));
    const now = await stage.now(onboarding);
    if (now.state === 'open') return now;
    await stage.clock.advance(5_000, 1_000);
  }
  throw new Error('never opened');
}

describe('with the right to delete', () => {
  beforeEach(() => begin('on'));

  it('deletes what helpdesk chose and the approval named, before the add, and completes with the new one only', async () => {
    const onboarding = await approve(await ask());
    expect(stage.tenant.effects).toEqual([]);
    const shown = await stage.showPass(onboarding);
    expect(shown.kind).toBe('pass');
    expect(stage.tenant.effects).toEqual(['remove passkey old', 'add id-jane', 'create pass id-jane']);
    const events = await stage.events(onboarding);
    const inOrder = [
      'window-opening',
      'baseline-taken',
      'old-passkey-remove-intended',
      'old-passkey-gone',
      'member-add-intended',
      'member-read-back',
    ];
    expect(events.filter((event) => inOrder.includes(event))).toEqual(inOrder);

    // The old one, put back by a replica that is late, proves nothing.
    stage.tenant.keys.set(jane.id, [old]);
    await stage.clock.advance(15_000, 5_000);
    expect((await stage.now(onboarding)).state).toBe('open');
    stage.tenant.keys.set(jane.id, [passkey('new')]);
    await stage.clock.advance(15_000, 5_000);
    expect(await stage.now(onboarding)).toMatchObject({ passkey: { id: 'new' }, exit: { outcome: 'completed' } });
  });

  it.each(['before', 'after'] as const)(
    'does it once when the answer to the deletion is lost, %s its effect',
    async (when) => {
      const onboarding = await approve(await ask());
      stage.tenant.fail('removePasskey', 'unknown', 1, { after: when === 'after' });
      const open = await openAfterAll(onboarding);
      expect(open.recovery).toMatchObject({ goneAt: expect.any(Number) });
      expect(removals()).toEqual(['remove passkey old']);
      expect((await stage.events(onboarding)).filter((event) => event === 'old-passkey-remove-intended')).toHaveLength(
        1,
      );
    },
  );

  it.each(['removePasskey', 'addMember', 'passkeys', 'methods'] as const)(
    'goes on after a death in the middle of %s',
    async (call) => {
      const onboarding = await approve(await ask());
      let died = false;
      const click = stage.click(onboarding, mo.id);
      const before = stage.tenant.before;
      stage.tenant.before = async (what) => {
        if (what !== call || died || (await stage.now(onboarding)).state !== 'opening') return;
        died = true;
        await new Promise(() => undefined);
      };
      void stage.workflow.onboardings.showPass(click);
      for (let round = 0; round < 40 && !died; round++) await stage.clock.advance(25, 25);
      expect(died).toBe(true);
      stage.tenant.before = before;
      await stage.restart();
      await stage.clock.advance(20_000, 1_000);
      const open = await stage.now(onboarding);
      expect(open.state).toBe('open');
      expect(removals()).toEqual(['remove passkey old']);
      expect(stage.tenant.effects.filter((effect) => effect === 'add id-jane')).toHaveLength(1);
    },
  );

  it('does not let her in when the right is missing, and says which', async () => {
    const onboarding = await approve(await ask());
    stage.tenant.fail('removePasskey', 'denied', 5);
    await stage.showPass(onboarding);
    await stage.clock.advance(5_000, 1_000);
    const ended = await stage.now(onboarding);
    expect(ended).toMatchObject({ state: 'closed', outcome: 'stopped', findings: ['FAKE_DENIED'] });
    expect(stage.tenant.effects).not.toContain('add id-jane');
    expect(stage.said('opening-refused')).toHaveLength(1);
  });

  it('deletes nothing once it was stopped, also where it was about to', async () => {
    const onboarding = await approve(await ask());
    stage.tenant.fail('removePasskey', 'unavailable', 1);
    let stopping = false;
    const before = stage.tenant.before;
    stage.tenant.before = async (call) => {
      const intended = (await stage.now(onboarding)).recovery?.removeIntendedAt !== undefined;
      if (call !== 'passPolicy' || !intended || stopping) return;
      stopping = true;
      await stage.workflow.onboardings.stop(stage.click(await stage.now(onboarding), mo.id));
    };
    await stage.showPass(onboarding);
    await stage.clock.advance(10_000, 500);
    stage.tenant.before = before;
    expect(stopping).toBe(true);
    expect(removals()).toEqual([]);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'stopped' });
  });

  it('names every one of them before it deletes any, however little one read shows', async () => {
    stage.tenant.keys.set(jane.id, [old, passkey('older')]);
    const onboarding = await approve(await ask('stolen', ['old', 'older']));
    const methods = stage.tenant.methods.bind(stage.tenant);
    stage.tenant.methods = async (id) => {
      const read = await methods(id);
      return { ...read, methods: read.methods.filter(({ id }) => id !== 'older') };
    };
    await openAfterAll(onboarding);
    expect(removals().sort()).toEqual(['remove passkey old', 'remove passkey older']);
    const lines = await stage.opened.ledger.entries({ onboardingId: onboarding.id });
    const intents = lines.flatMap(({ entry }) => (entry.event === 'old-passkey-remove-intended' ? [entry.detail] : []));
    expect(intents).toEqual([{ methods: ['old', 'older'] }]);
  });

  it('deletes what any of its reads shows, whatever another one says', async () => {
    const onboarding = await approve(await ask());
    const methods = stage.tenant.methods.bind(stage.tenant);
    stage.tenant.methods = async (id) => ({ ...(await methods(id)), methods: [] });
    await openAfterAll(onboarding);
    expect(stage.tenant.effects.slice(0, 2)).toEqual(['remove passkey old', `add ${jane.id}`]);
  });

  it('deletes no further one after a stop was answered', async () => {
    stage.tenant.keys.set(jane.id, [old, passkey('older')]);
    const onboarding = await approve(await ask('lost', ['old', 'older']));
    let stopped: string | undefined;
    stage.tenant.before = async (call) => {
      if (call !== 'removePasskey' || stopped) return;
      stopped = 'asked';
      stopped = (await stage.workflow.onboardings.stop(stage.click(await stage.now(onboarding), mo.id))).kind;
    };
    await stage.showPass(onboarding);
    await stage.clock.advance(20_000, 1_000);
    expect(stopped).toBe('ok');
    expect(removals()).toEqual(['remove passkey old']);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'stopped' });
  });

  it('is not put back when it lapses', async () => {
    const onboarding = await approve(await ask());
    await stage.showPass(onboarding);
    await stage.clock.advance(61 * 60_000, 30_000);
    expect(await stage.now(onboarding)).toMatchObject({ state: 'closed', outcome: 'lapsed' });
    expect(stage.tenant.keys.get(jane.id)).toEqual([]);
  });
});

describe('without it', () => {
  beforeEach(() => begin('off'));

  it('waits until somebody deleted it, tells the approver, and opens then', async () => {
    const onboarding = await approve(await ask('replaced'));
    const refused = await stage.showPass(onboarding);
    expect(refused).toMatchObject({ kind: 'refused', refusal: { code: 'old-still-there', passkey: 'Old iPhone' } });
    expect(await stage.now(onboarding)).toMatchObject({ state: 'approved' });
    await stage.clock.advance(120_000, 10_000);
    expect(stage.tenant.effects).toEqual([]);

    stage.tenant.keys.set(jane.id, []);
    await stage.clock.advance(65_000, 5_000);
    expect((await stage.now(onboarding)).recovery?.goneAt).toBeGreaterThan(0);
    expect(stage.told('approver-old-gone')).toEqual([mo.id]);
    const shown = await stage.showPass(await stage.now(onboarding));
    expect(shown.kind).toBe('pass');
    expect(stage.tenant.effects).toEqual(['add id-jane', 'create pass id-jane']);
    expect((await stage.events(onboarding)).filter((event) => event === 'old-passkey-gone')).toHaveLength(1);
  });

  it('lets nobody in on top of one that is there again', async () => {
    const onboarding = await approve(await ask());
    stage.tenant.keys.set(jane.id, []);
    const before = stage.tenant.before;
    stage.tenant.before = async (call) => {
      if (call === 'passPolicy') stage.tenant.keys.set(jane.id, [old]);
    };
    await stage.showPass(onboarding);
    await stage.clock.advance(20_000, 1_000);
    expect((await stage.now(onboarding)).state).toBe('opening');
    expect(stage.tenant.effects).toEqual([]);
    stage.tenant.before = before;
    stage.tenant.keys.set(jane.id, []);
    await stage.clock.advance(10_000, 1_000);
    expect((await stage.now(onboarding)).state).toBe('open');
  });

  it('believes no earlier look that it is gone while it is seen there', async () => {
    const onboarding = await approve(await ask());
    stage.tenant.keys.set(jane.id, []);
    await stage.clock.advance(70_000, 5_000);
    expect((await stage.now(onboarding)).recovery?.goneAt).toBeGreaterThan(0);
    const before = stage.tenant.before;
    stage.tenant.before = async (call) => {
      if (call === 'passPolicy') stage.tenant.keys.set(jane.id, [old]);
    };
    await stage.showPass(await stage.now(onboarding));
    await stage.clock.advance(20_000, 1_000);
    expect((await stage.now(onboarding)).state).toBe('opening');
    expect(stage.tenant.effects).toEqual([]);
    stage.tenant.before = before;
    stage.tenant.keys.set(jane.id, []);
    await stage.clock.advance(10_000, 1_000);
    expect((await stage.now(onboarding)).state).toBe('open');
  });

  it('may be gone and used before the next look', async () => {
    const onboarding = await approve(await ask());
    stage.tenant.keys.set(jane.id, []);
    expect((await stage.showPass(onboarding)).kind).toBe('pass');
    expect((await stage.now(onboarding)).recovery?.goneAt).toBeGreaterThan(0);
  });
});

describe('a theft', () => {
  beforeEach(() => begin('on'));

  it('ends her sessions at the request, before anybody decides, and only then', async () => {
    const onboarding = await ask('stolen');
    await stage.clock.advance(2_000, 100);
    expect(stage.tenant.effects).toEqual(['revoke id-jane']);
    expect((await stage.now(onboarding)).recovery?.sessionsRevokedAt).toBeGreaterThan(0);
    expect(await stage.events(onboarding)).toEqual([
      'requested',
      'sessions-revoke-intended',
      'sessions-revoked-read-back',
    ]);
    await stage.clock.advance(60_000, 10_000);
    expect(stage.tenant.effects).toEqual(['revoke id-jane']);
  });

  it('goes on trying, and holds up neither the decision nor an expiry', async () => {
    stage.tenant.fail('revokeSessions', 'unavailable', 6);
    const onboarding = await ask('stolen');
    await stage.clock.advance(1_000, 100);
    expect((await approve(onboarding)).state).toBe('approved');
    await stage.clock.advance(180_000, 5_000);
    expect((await stage.now(onboarding)).recovery?.sessionsRevokedAt).toBeGreaterThan(0);
  });

  it('whose answer was lost is seen by the time that the tenant says', async () => {
    stage.tenant.fail('revokeSessions', 'unknown', 1, { after: true });
    const onboarding = await ask('stolen');
    await stage.clock.advance(30_000, 1_000);
    expect(stage.tenant.effects).toEqual(['revoke id-jane']);
    expect((await stage.now(onboarding)).recovery?.sessionsRevokedAt).toBeGreaterThan(0);
  });

  it('is not what a lost or replaced one is', async () => {
    await ask('lost');
    await stage.clock.advance(30_000, 1_000);
    expect(stage.tenant.effects).toEqual([]);
  });
});

describe('what helpdesk chooses from', () => {
  beforeEach(() => begin('on'));
  const whom = { requester: priya.id, who: { id: jane.id } };

  it('is for helpdesk only, about somebody else, and says what is accepted', async () => {
    const { onboardings } = stage.workflow;
    stage.tenant.keys.set(jane.id, [old, passkey('cloud', { passkeyType: 'synced' })]);
    expect(await onboardings.recoverable(whom)).toMatchObject({
      kind: 'recover',
      deletes: true,
      passkeys: [
        { id: 'old', accepted: true },
        { id: 'cloud', accepted: false },
      ],
    });
    expect(await onboardings.recoverable({ ...whom, requester: mo.id })).toMatchObject({
      refusal: { code: 'not-helpdesk' },
    });
    expect(await onboardings.recoverable({ ...whom, who: { id: priya.id } })).toMatchObject({
      refusal: { code: 'self' },
    });
    stage.tenant.keys.set(jane.id, []);
    expect(await onboardings.recoverable(whom)).toMatchObject({ refusal: { code: 'nothing-to-recover' } });
    stage.tenant.fail('passkeys', 'unavailable');
    expect(await onboardings.recoverable(whom)).toMatchObject({ refusal: { code: 'tenant-unavailable' } });
    expect(stage.tenant.effects).toEqual([]);
  });
});

describe('stuck', () => {
  beforeEach(() => begin('on'));

  it('looks at once, keeps her place, and calls a person with all of it', async () => {
    stage.tenant.keys.set(jane.id, []);
    const onboarding = await stage.open();
    const { onboardings } = stage.workflow;
    const click = async () => stage.click(await stage.now(onboarding), jane.id);
    await onboardings.turnPage(await click(), { route: 'iphone', step: 3 });
    const calls = stage.tenant.calls.filter((call) => call === 'passkeys').length;
    const said = await onboardings.saySeen(await click(), { saw: 'wrong-place', route: 'iphone', step: 3 });
    expect(said).toMatchObject({ kind: 'ok', onboarding: { stuck: { saw: 'wrong-place' }, guideAt: { step: 3 } } });
    expect(stage.tenant.calls.filter((call) => call === 'passkeys').length).toBeGreaterThan(calls);

    stage.tenant.keys.set(jane.id, [passkey('cloud', { passkeyType: 'synced', displayName: 'iCloud Keychain' })]);
    const called = await onboardings.callHelp(await click());
    expect(called).toMatchObject({ kind: 'ok', onboarding: { helpCalls: 1, wrongKind: { id: 'cloud' } } });
    expect(stage.told('helpdesk-called')).toEqual(['conversation-1']);
    expect(await onboardings.callHelp(stage.click(await stage.now(onboarding), mo.id))).toMatchObject({
      refusal: { code: 'not-yours' },
    });

    stage.tenant.keys.set(jane.id, [passkey('right')]);
    expect(await onboardings.saySeen(await click(), { saw: 'loop' })).toMatchObject({
      kind: 'ok',
      onboarding: { passkey: { id: 'right' } },
    });
  });

  it('is answered when the tenant does not', async () => {
    stage.tenant.keys.set(jane.id, []);
    const onboarding = await stage.open();
    stage.tenant.fail('passkeys', 'unavailable', 20);
    const click = stage.click(await stage.now(onboarding), jane.id);
    expect(await stage.workflow.onboardings.saySeen(click, { saw: 'loop' })).toMatchObject({ kind: 'ok' });
    stage.tenant.heal();
  });
});

describe('after the end', () => {
  beforeEach(() => begin('on'));

  it('a denial alerts whoever can act and ends her sessions, through a death as well', async () => {
    stage.tenant.keys.set(jane.id, []);
    const onboarding = await stage.open();
    stage.tenant.keys.set(jane.id, [passkey('not-hers')]);
    await stage.clock.advance(240_000, 5_000);
    const closed = await stage.now(onboarding);
    expect(closed).toMatchObject({ state: 'closed', outcome: 'completed' });
    const revoked = () => stage.tenant.effects.filter((effect) => effect === 'revoke id-jane').length;
    const before = revoked();
    stage.tenant.fail('revokeSessions', 'unavailable', 1);
    await stage.workflow.onboardings.stop(stage.click(closed, jane.id));
    await settle();
    await stage.restart();
    await stage.clock.advance(30_000, 1_000);
    const denied = await stage.now(onboarding);
    expect(denied).toMatchObject({ outcome: 'completed', findings: ['subject-denies:not-hers'] });
    expect(denied.deniedRevokedAt).toBeGreaterThan(0);
    expect(revoked()).toBeGreaterThan(before);
    expect(stage.told('alert')).toEqual(['conversation-1', mo.id].sort());
  });
});
