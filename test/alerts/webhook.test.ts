import { createHmac } from 'node:crypto';
import { type Alert, matterOf, toAlert } from '../../bot/alerts/alert';
import { createWebhook, signature } from '../../bot/alerts/webhook';
import { FakeClock, settle } from '../workflow/fake-clock';

const KEY = Buffer.alloc(32, 7);
const START = 1_800_000_000_000;

interface Got {
  readonly url: string;
  readonly body: string;
  readonly headers: Record<string, string>;
  readonly redirect: unknown;
}

function stage(answers: (number | 'none')[] = []) {
  const clock = new FakeClock(START);
  const got: Got[] = [];
  const lost: [string, string][] = [];
  const hook = createWebhook({
    url: 'https://alerts.example.com/in',
    key: KEY,
    clock,
    lost: (alert, why) => void lost.push([alert.code, why]),
    fetch: (async (url: string, init: RequestInit) => {
      got.push({
        url,
        body: String(init.body),
        headers: init.headers as Record<string, string>,
        redirect: init.redirect,
      });
      const answer = answers.shift() ?? 204;
      if (answer === 'none') throw new TypeError('fetch failed');
      return new Response(null, { status: answer });
    }) as typeof fetch,
  });
  return { clock, got, lost, hook };
}

const alert = (more: Record<string, unknown> = {}, code: Alert['code'] = 'sweep-removes') =>
  toAlert(code, { event: code, onboarding: 'ONB-1', member: 'id-1', ...more }, START);

test('a receiver can check who sent it and when, with the key alone', async () => {
  const { got, hook } = stage();
  hook.send(alert());
  await settle();
  const [{ body, headers, url, redirect }] = got as [Got];
  expect({ url, redirect }).toEqual({ url: 'https://alerts.example.com/in', redirect: 'error' });
  expect(JSON.parse(body)).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    source: 'onboard',
    code: 'sweep-removes',
    at: new Date(START).toISOString(),
    detail: { onboarding: 'ONB-1', member: 'id-1' },
  });
  const timestamp = headers['x-onboard-timestamp'];
  expect(Number(timestamp)).toBe(START / 1_000);
  const expected = createHmac('sha256', KEY).update(`${timestamp}.${body}`).digest('hex');
  expect(headers['x-onboard-signature']).toBe(`v1=${expected}`);
  expect(signature(KEY, Number(timestamp) + 1, body)).not.toBe(`v1=${expected}`);
});

test('it is tried again until it is taken, with the same id, and those behind it wait', async () => {
  const { clock, got, lost, hook } = stage([500, 'none', 429]);
  hook.send(alert());
  hook.send(alert({ member: 'id-2' }));
  await clock.advance(60_000);
  expect(got).toHaveLength(5);
  const ids = got.map(({ body }) => JSON.parse(body).id);
  expect(new Set(ids.slice(0, 4)).size).toBe(1);
  expect(JSON.parse(got[4]?.body ?? '').detail.member).toBe('id-2');
  // Signed anew: a receiver that refuses old timestamps takes the repeat.
  expect(new Set(got.slice(0, 4).map(({ headers }) => headers['x-onboard-timestamp'])).size).toBeGreaterThan(2);
  expect(lost).toEqual([]);
});

test('after two hours it is given up, and said so', async () => {
  const { clock, lost, hook, got } = stage(Array.from({ length: 1_000 }, () => 503));
  hook.send(alert());
  await clock.advance(3 * 3_600_000, 60_000);
  expect(lost).toEqual([['sweep-removes', 'status 503']]);
  expect(got.length).toBeLessThan(40);
});

test('the same matter is told once in a quarter of an hour', async () => {
  const { clock, got, hook } = stage();
  for (let minute = 0; minute < 16; minute++) {
    hook.send(alert({ requestId: `r${minute}`, count: minute }));
    await clock.advance(60_000, 60_000);
  }
  expect(got).toHaveLength(2);
  hook.send(alert({ member: 'somebody else' }));
  await settle();
  expect(got).toHaveLength(3);
});

test('a flood is bounded, and what is dropped is told', async () => {
  const { lost, hook } = stage(Array.from({ length: 1_000 }, () => 'none' as const));
  for (let n = 0; n < 250; n++) hook.send(alert({ member: `id-${n}` }));
  await settle();
  expect(lost).toHaveLength(50);
  expect(lost[0]).toEqual(['sweep-removes', 'too many wait']);
  hook.stop();
});

test('flush waits for what is under way, not for ever', async () => {
  const { clock, got, hook } = stage(Array.from({ length: 10 }, () => 500));
  hook.send(alert());
  let done = false;
  const flushed = hook.flush(2_000).then(() => {
    done = true;
  });
  await clock.advance(1_500, 500);
  expect(done).toBe(false);
  await clock.advance(1_000, 500);
  await flushed;
  hook.stop();
  await settle();
  const tried = got.length;
  await clock.advance(60_000);
  expect(got).toHaveLength(tried);
});

describe('what an alert carries', () => {
  test('ids, counts and codes; no objects, and nothing under the name of a secret', () => {
    const { detail } = toAlert(
      'step-broken',
      {
        event: 'step-broken',
        error: new Error('with Jane Doe in it'),
        body: { temporaryAccessPass: 'ABC' },
        pass: 'ABC',
        accessToken: 'ABC',
        count: 3,
        members: Array.from({ length: 80 }, (_, n) => `id-${n}`),
        text: 'x'.repeat(10_000),
      },
      START,
    );
    expect(Object.keys(detail).sort()).toEqual(['count', 'members', 'membersCount', 'text']);
    expect(detail.membersCount).toBe(80);
    expect(JSON.stringify(detail).length).toBeLessThan(2_000);
  });

  test('what differs each time does not make it another matter', () => {
    expect(matterOf(alert({ count: 1 }))).toBe(matterOf(alert({ count: 2 })));
    expect(matterOf(alert())).not.toBe(matterOf(alert({}, 'exit-overdue')));
  });
});
