import { HOUR, type Policy } from '../../bot/onboarding/policy';
import { jane, mo, person } from '../onboarding/people';
import { settle } from './fake-clock';
import { Stage } from './stage';

let stage: Stage;
const begin = async (more: Partial<Policy> = {}) => {
  stage = await new Stage(more).start();
};
afterEach(() => stage.end());

/** Time goes on under it: the audit log is not asked twice in ten seconds. */
const sweep = async () => {
  const result = stage.workflow.sweepOnce();
  let done = false;
  const end = () => {
    done = true;
  };
  void result.then(end, end);
  await settle();
  while (!done) await stage.clock.advance(1_000);
  return result;
};
const known = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    const someone = person(`stranger-${n}`);
    stage.tenant.people.set(someone.id, someone);
    stage.tenant.group.add(someone.id);
    return someone.id;
  });
const added = (id: string, groupId = 'group', by: 'onboard' | 'unknown' = 'onboard') =>
  stage.tenant.audit.push({
    id: `a-${id}`,
    at: stage.clock.now(),
    what: 'member-added',
    target: { id },
    groupId,
    by: { kind: by },
  });

describe('a member whose window is closed', () => {
  const closedWindow = async () => {
    const onboarding = await stage.open();
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(5_000);
    return onboarding;
  };

  it('goes at once, without a second look', async () => {
    await begin();
    await closedWindow();
    stage.tenant.group.add(jane.id);
    expect(await sweep()).toMatchObject({ removed: [jane.id], unknown: [] });
    expect(stage.said('sweep-removes')).toEqual([expect.objectContaining({ why: 'window-closed', member: jane.id })]);
  });
  it('alerts nobody when it was the list that was late', async () => {
    await begin();
    await closedWindow();
    stage.tenant.members = async () => [jane.id];
    expect(await sweep()).toMatchObject({ removed: [], unknown: [] });
    expect(stage.said('sweep-removes')).toEqual([]);
  });
  it('goes although another one cannot be taken out', async () => {
    await begin({ audit: 'on' });
    await closedWindow();
    const [first = ''] = known(1);
    added(first);
    await sweep();
    stage.tenant.group.delete(first);
    stage.tenant.group.add(jane.id);
    stage.tenant.group.add(first);
    stage.tenant.fail('removeMember', 'unavailable', 1);
    await expect(sweep()).rejects.toMatchObject({ kind: 'unavailable' });
    expect([...stage.tenant.group]).toEqual([jane.id]);
    expect(stage.said('sweep-removal-failed')).toHaveLength(1);
    expect(await sweep()).toMatchObject({ removed: [jane.id] });
  });
  it('stays when a window of hers is just opening', async () => {
    await begin();
    await closedWindow();
    const again = await stage.open();
    expect(await sweep()).toMatchObject({ removed: [], unknown: [], members: 1 });
    expect((await stage.now(again)).state).toBe('open');
  });
});

describe('a member whom Onboard added and does not know', () => {
  it('goes when two sweeps agree and the audit log says so', async () => {
    await begin({ audit: 'on' });
    const [id = ''] = known(1);
    added(id);
    expect(await sweep()).toMatchObject({ ours: [], unknown: [id] });
    expect(await sweep()).toMatchObject({ ours: [id], unknown: [] });
    expect(stage.tenant.group.size).toBe(0);
    expect(stage.said('sweep-removes')).toEqual([expect.objectContaining({ why: 'added-by-onboard' })]);
  });
  it.each([
    ['another group', 'other-group', 'onboard' as const],
    ['somebody else', 'group', 'unknown' as const],
  ])('is not one who was added by %s', async (_what, groupId, by) => {
    await begin({ audit: 'on' });
    const [id = ''] = known(1);
    added(id, groupId, by);
    await sweep();
    expect(await sweep()).toMatchObject({ ours: [], unknown: [id] });
  });
  it('is only told about without the log', async () => {
    await begin();
    const [id = ''] = known(1);
    added(id);
    await sweep();
    expect(await sweep()).toMatchObject({ ours: [], unknown: [id] });
  });
  it('is judged anew when she was gone in between', async () => {
    await begin({ audit: 'on' });
    const [id = ''] = known(1);
    added(id);
    await sweep();
    stage.tenant.group.delete(id);
    await sweep();
    stage.tenant.group.add(id);
    expect(await sweep()).toMatchObject({ ours: [], unknown: [id] });
  });
});

describe('members whom nobody knows', () => {
  it('are told at every sweep and not touched', async () => {
    await begin();
    known(2);
    for (let n = 0; n < 4; n++) await sweep();
    expect(stage.tenant.group.size).toBe(2);
    expect(stage.said('sweep-unknown-members').length).toBeGreaterThanOrEqual(4);
    expect(stage.tenant.calls).not.toContain('removeMember');
  });
  it('are taken out where that is configured, three at a time, when two sweeps agree', async () => {
    await begin({ sweepUnknown: 'remove' });
    const ids = known(5);
    expect((await sweep()).cleared).toEqual([]);
    expect((await sweep()).cleared).toEqual(ids.slice(0, 3));
    expect(await sweep()).toMatchObject({ cleared: ids.slice(3), unknown: [] });
  });

  const look = (like: keyof typeof stage.tenant.shape) => {
    stage.tenant.shape = { ...stage.tenant.shape, [like]: true };
  };
  const wrong: [string, () => void][] = [
    ['dynamic', () => look('dynamic')],
    ['synchronized', () => look('synchronized')],
    ['role-assignable', () => look('roleAssignable')],
    ['nested', () => look('nested')],
    ['unreadable', () => stage.tenant.fail('groupShape', 'denied', 10)],
    ['too-many-unknown', () => void known(25)],
    ['not-people', () => void stage.tenant.people.delete('id-stranger-1')],
  ];
  it.each(wrong)('stay when the group looks wrong: %s', async (why, make) => {
    await begin({ sweepUnknown: 'remove' });
    known(2);
    make();
    await sweep();
    expect((await sweep()).cleared).toEqual([]);
    expect(stage.tenant.calls).not.toContain('removeMember');
    expect(stage.said('sweep-group-looks-wrong')).toContainEqual(expect.objectContaining({ why }));
  });
  it('are twenty at the most for the group to look right', async () => {
    await begin({ sweepUnknown: 'remove' });
    known(20);
    await sweep();
    expect((await sweep()).cleared).toHaveLength(3);
  });
});

describe('whoever was in the group without a window of ours', () => {
  const exempt = async () => {
    stage.tenant.groups.get(stage.policy.helpdeskGroupId)?.add('id-kim');
    const answer = await stage.workflow.onboardings.request({
      requester: 'id-kim',
      who: { id: jane.id },
      askedIn: 'c',
    });
    return answer.kind === 'refused' && answer.refusal.code === 'requester-exempt';
  };

  it('may ask for nothing for a day after the sweep took her out', async () => {
    await begin({ sweepUnknown: 'remove' });
    stage.tenant.group.add('id-kim');
    await sweep();
    await sweep();
    expect(stage.tenant.group.has('id-kim')).toBe(false);
    expect(await exempt()).toBe(true);
    await stage.restart();
    await stage.clock.advance(23 * HOUR, 60_000 * 30);
    expect(await exempt()).toBe(true);
    await stage.clock.advance(2 * HOUR, 60_000 * 30);
    expect(await exempt()).toBe(false);
  });
  it('nor after somebody else took her out between a sweep and the next', async () => {
    await begin();
    stage.tenant.group.add('id-kim');
    await sweep();
    stage.tenant.group.delete('id-kim');
    expect(await exempt()).toBe(true);
  });
  it('nor after asking while she was in it', async () => {
    await begin();
    stage.tenant.group.add('id-kim');
    expect(await exempt()).toBe(true);
    stage.tenant.group.delete('id-kim');
    expect(await exempt()).toBe(true);
  });
  it('nor when only the audit log says that she was in it', async () => {
    await begin({ audit: 'on' });
    added('id-kim', 'group', 'unknown');
    expect(await exempt()).toBe(false);
    await stage.clock.advance(75_000, 5_000);
    expect(await exempt()).toBe(true);
  });
  it('is not made of a window of ours, whose end is known', async () => {
    await begin({ audit: 'on', cooldown: HOUR });
    const onboarding = await stage.open();
    added(jane.id);
    await stage.workflow.onboardings.stop(stage.click(onboarding, mo.id));
    await stage.clock.advance(61 * 60_000, 60_000);
    stage.tenant.groups.get(stage.policy.helpdeskGroupId)?.add(jane.id);
    const answer = await stage.workflow.onboardings.request({
      requester: jane.id,
      who: { id: 'id-kim' },
      askedIn: 'c',
    });
    expect(answer).not.toMatchObject({ refusal: { code: 'requester-exempt' } });
  });
  it('is taken out all the same when that cannot be written down', async () => {
    await begin({ sweepUnknown: 'remove' });
    jest.spyOn(stage.opened.store, 'sawInGroup').mockRejectedValue(new Error('full'));
    stage.tenant.group.add('id-kim');
    await sweep();
    await sweep();
    expect(stage.tenant.group.has('id-kim')).toBe(false);
  });
});
