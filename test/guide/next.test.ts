import type { NextStep } from '../../bot/onboarding/next-step';
import { openRig, type Rig } from './rig';

const TOKEN = 'PLANTED-token-of-27-letters';
let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.asked.length = 0;
  rig.answers = async () => 'start';
});

/** The whole answer as bytes and headers, without the date. */
async function answer(body: unknown) {
  const response = await rig.ask(body);
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return { status: response.status, headers, body: await response.text() };
}

test('hands the token on and answers in one word', async () => {
  rig.answers = async (token) => (token === TOKEN ? 'passkey' : 'start');
  expect(JSON.parse((await answer({ token: TOKEN })).body)).toEqual({ next: 'passkey' });
  expect(rig.asked).toEqual([TOKEN]);
});

test('whatever is no token of anybody gets the same bytes as one of somebody who has not begun', async () => {
  const begun = await answer({ token: TOKEN });
  for (const body of [
    { token: 'unknown' },
    { token: '' },
    {},
    { token: 7 },
    { token: { a: 1 } },
    { token: 'x'.repeat(300) },
  ])
    expect(await answer(body)).toEqual(begun);
  // Every one of them was looked up: none is told from the others by how long it took.
  expect(rig.asked).toHaveLength(7);
});

test('all answers are of one length, and none is kept', async () => {
  const seen = new Set<number>();
  for (const step of ['start', 'passkey', 'elsewhere', 'finish'] satisfies NextStep[]) {
    rig.answers = async () => step;
    const { body, headers } = await answer({ token: TOKEN });
    seen.add(body.length);
    expect(new Map(headers).get('cache-control')).toBe('no-store');
    expect(new Map(headers).get('referrer-policy')).toBe('no-referrer');
  }
  expect(seen.size).toBe(1);
});

test('a quick look-up takes as long as a slow one', async () => {
  const time = async () => {
    const from = performance.now();
    await answer({ token: TOKEN });
    return performance.now() - from;
  };
  await time();
  expect(await time()).toBeGreaterThan(50);
});

test.each([
  ['no JSON', '{"token"', {}, 400],
  ['a list', '[]', {}, 400],
  ['a form', 'token=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['a simple request of another page', '{"token":"x"}', { 'content-type': 'text/plain' }, 415],
  ['too much', JSON.stringify({ token: 'x'.repeat(2_000) }), {}, 413],
])('refuses %s without looking anything up', async (_, body, headers, status) => {
  expect((await rig.ask(body, headers)).status).toBe(status);
  expect(rig.asked).toEqual([]);
});

test('says the same to everybody while the store does not answer, and goes on afterwards', async () => {
  rig.answers = async () => {
    throw new Error('the store is gone');
  };
  const [one, other] = [await answer({ token: TOKEN }), await answer({ token: 'unknown' })];
  expect(one.status).toBe(503);
  expect(other).toEqual(one);
  rig.answers = async () => 'start';
  expect((await answer({ token: TOKEN })).status).toBe(200);
});

test('is asked by POST only: a token in an address would be in the log of every proxy', async () => {
  expect((await rig.get(`/g/next?token=${TOKEN}`)).status).toBe(405);
  expect(rig.asked).toEqual([]);
});

test('nothing of what was asked is in the log', () => {
  expect(rig.lines.join('')).not.toMatch(/PLANTED|unknown|127\.0\.0\.1/);
});
