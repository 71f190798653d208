import { createFlood } from '../../bot/teams/flood';
import { ids, tenantId } from './fakes';
import { LocalTeams } from './local-teams';

const limits = { perPersonPerMinute: 6, perSecond: 10 };
const minute = 60_000;
const MINUTES = 15;

describe('the allowance of one person', () => {
  test('is a minute’s worth at once, and fills up again evenly', () => {
    const flood = createFlood(limits);
    const answers = Array.from({ length: 8 }, () => flood.admit('priya', 1_000));
    expect(answers).toEqual(['in', 'in', 'in', 'in', 'in', 'in', 'first', 'refused']);
    expect(flood.admit('priya', 1_000 + minute / 6 - 1)).toBe('refused');
    expect(flood.admit('priya', 1_000 + minute / 6)).toBe('in');
  });

  test('is nobody else’s, and using it up costs others nothing', () => {
    const flood = createFlood(limits);
    for (let n = 0; n < 1_000; n++) flood.admit('mallory', 1_000);
    expect(flood.admit('priya', 1_000)).toBe('in');
  });

  test('that is used up is said again only after a while', () => {
    const flood = createFlood(limits);
    const said: number[] = [];
    for (let at = 0; at < 40 * minute; at += 1_000) if (flood.admit('mallory', at) === 'first') said.push(at);
    expect(said.length).toBe(3);
    expect((said[1] ?? 0) - (said[0] ?? 0)).toBeGreaterThanOrEqual(MINUTES * minute);
  });

  test('of all together is bounded too, and that is nobody’s fault', () => {
    const flood = createFlood(limits);
    const answers = Array.from({ length: 40 }, (_, person) => flood.admit(`person-${person}`, 0));
    expect(answers.filter((answer) => answer === 'in')).toHaveLength(30);
    expect(answers.slice(30).every((answer) => answer === 'crowded')).toBe(true);
    expect(flood.admit('somebody', 1_000)).toBe('in');
  });

  test('takes no memory without bound, and a clock that is set back gives nothing away', () => {
    const flood = createFlood({ perPersonPerMinute: 2, perSecond: 10_000 });
    for (let n = 0; n < 25_000; n++) flood.admit(`person-${n}`, n * 10);
    expect(flood.known()).toBeLessThanOrEqual(10_000);
    const again = createFlood(limits);
    for (let n = 0; n < 6; n++) again.admit('priya', 10 * minute);
    expect(again.admit('priya', 0)).not.toBe('in');
  });
});

describe('over the wire', () => {
  const teams = new LocalTeams();
  const counted: string[] = [];
  beforeAll(async () => {
    await teams.start({
      floodLimits: { perPersonPerMinute: 10, perSecond: 50 },
      counts: { turnedAway: (why) => void counted.push(why), delivery: () => undefined },
    });
  });
  afterAll(() => teams.stop());

  test('nothing is done for what is too much: no lookup, no store, no answer but one', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 30; n++) statuses.push((await teams.post(teams.activity({ text: 'onboard jane' }))).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200));
    expect(new Set(statuses.slice(10))).toEqual(new Set([429]));
    expect(teams.onboardings.request).toHaveBeenCalledTimes(10);
    expect(teams.outbox.answers.map(({ data }) => data.kind)).toEqual([...Array(10).fill('refusal'), 'too-many']);
    expect(counted).toEqual(Array(20).fill('too-many'));
    expect(teams.logged.filter(({ event }) => event === 'sender-floods')).toHaveLength(1);
  });

  test('a click is answered, so that the card does not look broken, and does nothing', async () => {
    for (let n = 0; n < 12; n++)
      await teams.post(teams.invoke('stop', { onboarding: 'o-1', nonce: 'n', version: 1 }, ids.mo));
    expect(teams.onboardings.stop).toHaveBeenCalledTimes(10);
    const { status, body } = await teams.post(teams.invoke('stop', { onboarding: 'o-1', nonce: 'n', version: 1 }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringMatching(/nothing was done/),
    });
  });

  test('nobody can use up another’s allowance: names without proof are not counted', async () => {
    for (let n = 0; n < 20; n++) expect((await teams.post(jane(), null)).status).toBe(401);
    expect((await teams.post(jane())).status).toBe(200);
  });

  const jane = () =>
    teams.activity({
      from: { id: '29:jane', aadObjectId: ids.jane },
      conversation: { id: 'a:jane', tenantId, conversationType: 'personal' },
    });
});
