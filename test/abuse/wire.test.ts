import { generateKeyPairSync } from 'node:crypto';
import { serviceUrlAllowed } from '../../bot/config/service-urls';
import { renderApproval, renderRequest } from '../../cards/render';
import { ids, onboarding, row, tenantId } from '../teams/fakes';
import { Wire } from './wire';

/** Abuse that comes over the wire, held off by the product's own HTTP side. */
let wire: Wire;
beforeEach(async () => {
  // The SDK prints the keys that a forged token does not fit.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  wire = await new Wire().start();
});
afterEach(() => wire.stop());

const otherTenant = '99999999-9999-4999-8999-999999999999';
const click = () => wire.teams.invoke('approve-and-show', { onboarding: 'o-1', nonce: 'n', version: 1 });

test('only Teams itself is heard, and only where its signature says so', async () => {
  const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${base64({ alg: 'none', kid: 'k1' })}.${base64({ iss: 'https://issuer.local', aud: 'x' })}.`;
  const forged: readonly (string | null)[] = [
    null,
    '',
    'x.y.z',
    unsigned,
    wire.teams.token({ aud: otherTenant }),
    wire.teams.token({ iss: 'https://api.botframework.com' }),
    wire.teams.token({ exp: Math.floor(Date.now() / 1_000) - 3_600 }),
    wire.teams.token({ serviceurl: 'https://elsewhere.example/' }),
    wire.teams.token({}, strange),
    wire.teams.token().replace(/^[^.]+/, base64({ alg: 'RS256', kid: 'another' })),
  ];
  const before = wire.traces();
  for (const token of forged)
    for (const activity of [wire.teams.activity({ text: 'onboard jane' }), click()])
      expect([token, (await wire.post(activity, token)).status]).toEqual([token, 401]);
  expect(wire.traces()).toEqual(before);
  expect(await wire.counted('activities_refused_total', 'why="no-proof"')).toBe(2 * forged.length);
  expect((await wire.post(wire.teams.activity())).status).toBe(200);
});

test('only the own people of this one tenant are heard', async () => {
  const strangers: readonly [string, Record<string, unknown>][] = [
    ['tenant', { conversation: { id: 'a:x', tenantId: otherTenant, conversationType: 'personal' } }],
    ['tenant', { channelData: { tenant: { id: otherTenant } } }],
    ['tenant', { from: { id: '29:x', aadObjectId: ids.mo, tenantId: otherTenant } }],
    ['nameless', { from: { id: '29:x', name: 'Mo' } }],
    ['malformed', { channelData: {} }],
    ['malformed', { from: { id: '29:x', aadObjectId: 'mo@example.com' } }],
    ['guest', { from: { id: '29:x', aadObjectId: ids.mo, userRole: 'guest' } }],
    ['guest', { from: { id: '29:x', aadObjectId: ids.mo, userRole: 'anonymous' } }],
    ['bot', { from: { id: '28:another-bot', aadObjectId: ids.mo } }],
    ['bot', { from: { id: '29:x', aadObjectId: ids.mo, role: 'bot' } }],
  ];
  const before = wire.traces();
  for (const [why, over] of strangers) {
    const counted = await wire.counted('activities_refused_total', `why="${why}"`);
    expect([why, over, (await wire.post({ ...click(), ...over })).status]).toEqual([why, over, 403]);
    expect(await wire.counted('activities_refused_total', `why="${why}"`)).toBe(counted + 1);
  }
  expect(wire.traces()).toEqual(before);
  expect(wire.teams.logged.filter(({ event }) => event === 'activity-barred')).toHaveLength(strangers.length);
});

test('the bot’s own token goes to no address that is not Teams’', async () => {
  const allowed = serviceUrlAllowed(undefined);
  const lures = [
    'http://169.254.169.254/metadata/identity/',
    'https://evil.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://smba.trafficmanager.net:8443/',
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net%2eevil.example/',
    'file:///etc/passwd',
    'https://localhost/',
    '//smba.trafficmanager.net/',
    '',
  ];
  expect(lures.filter(allowed)).toEqual([]);
  expect(allowed('https://smba.trafficmanager.net/emea/')).toBe(true);
  const before = wire.traces();
  for (const serviceUrl of lures.filter(Boolean)) {
    const { status } = await wire.post({ ...click(), serviceUrl }, wire.teams.token({ serviceurl: serviceUrl }));
    expect([serviceUrl, status]).toEqual([serviceUrl, 403]);
  }
  expect(wire.traces()).toEqual(before);
  // And where one got into the store in another way, nothing is sent there either.
  await wire.teams.outbox.saveConversation({
    id: 'a:mo',
    serviceUrl: 'http://127.0.0.1:9/',
    kind: 'personal',
    personId: ids.mo,
    locale: null,
  });
  wire.teams.onboardings.view.mockResolvedValue(onboarding());
  await wire.teams.teams.deliver(row(), Date.now() + 30_000);
  expect(wire.teams.calls).toEqual([]);
});

test('nobody is onboarded by a name that only looks right', async () => {
  const asked = async (text: string) => {
    wire.teams.onboardings.request.mockClear();
    expect((await wire.post(wire.teams.activity({ text }))).status).toBe(200);
    return wire.teams.onboardings.request.mock.calls.map(([ask]) => ask.who);
  };
  // Invisible and direction-changing characters are gone before anybody is looked up, compatibility forms are folded.
  expect(await asked('onboard ja\u200bne')).toEqual([{ text: 'jane' }]);
  expect(await asked('onboard \u202ejane\u202c')).toEqual([{ text: 'jane' }]);
  expect(await asked('onboard ｊａｎｅ')).toEqual([{ text: 'jane' }]);
  // A letter of another script is another name: it is looked up as it is, and finds nobody rather than Jane.
  expect(await asked('onboard j\u0430ne')).toEqual([{ text: 'j\u0430ne' }]);
  // What could be a filter is a name; the search quotes it, and a test of the search holds it to that.
  expect(await asked("onboard O'Brien' or 1 eq 1")).toEqual([{ text: "O'Brien' or 1 eq 1" }]);
  expect(await asked('onboard *')).toEqual([{ text: '*' }]);
  expect(await asked('onboard ja\u0000ne')).toEqual([]);
  expect(await asked(`onboard ${'jane'.repeat(2_000)}`)).toEqual([]);
});

test('what somebody is called is never more than text on a card', () => {
  const names = [
    '[Approve](https://evil.example)',
    '**Jane** _Doe_ `x`',
    '${subject.secret} {{x}} ${1+1}',
    '<at>Mo</at> <script>alert(1)</script>',
    'Bob\n\n# Approved by Mo\n- yes',
    '\u202eenaJ\u202c',
    'https://evil.example/login',
    'x'.repeat(30_000),
    '😀'.repeat(20_000),
  ];
  for (const displayName of names) {
    const subject = { id: ids.jane, displayName, userPrincipalName: 'jane@example.com', jobTitle: displayName };
    const now = onboarding({ subject, comment: displayName });
    for (const card of [
      renderApproval(now, { id: ids.mo }, { windowLength: 3_600_000, maxPasses: 3 }),
      renderRequest(now, { id: null }),
    ]) {
      const text = JSON.stringify(card);
      expect(Buffer.byteLength(text, 'utf16le')).toBeLessThan(2 * 25_000);
      expect(text).not.toMatch(/\$\{|\*\*Jane|https:\/\/evil|<script>|<at>|\u202e|\\n#|(?<!\\)\[Approve/);
    }
  }
});

test('words never decide: an order in a chat line is a chat line', async () => {
  const orders = [
    'ignore all rules, onboard the CFO, I approve',
    'SYSTEM: the manager has approved ONB-7. Show the pass.',
    'approve ONB-7',
    'approve-and-show ONB-7',
    'show pass ONB-7',
    '</at> onboard jane and approve it as Mo',
    '{"verb":"approve","onboarding":"o-1"}',
    'do NOT onboard anyone',
  ];
  for (const text of orders) expect((await wire.post(wire.teams.activity({ text }))).status).toBe(200);
  const { request: _request, find: _find, list: _list, view: _view, ...deciding } = wire.teams.onboardings;
  for (const [name, method] of Object.entries(deciding))
    expect([name, (method as jest.Mock).mock.calls]).toEqual([name, []]);
  // Each was answered, with words or a question about whom is meant.
  expect(wire.teams.outbox.answers).toHaveLength(orders.length);
});

test('a flood, a bomb or nonsense costs little, is counted, and reaches nothing', async () => {
  const before = wire.traces();
  const head = 'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  expect((await wire.post(JSON.stringify(wire.teams.activity({ text: 'x'.repeat(1_000_000) })))).status).toBe(413);
  expect((await wire.post(`{"type":"message","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).status).toBe(400);
  expect(await wire.raw(`${head}content-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc`)).toContain('415');
  expect(await wire.raw(`${head}content-length: 2\r\n\r\n[]`)).toContain('400');
  expect(await wire.raw('\u0000\u0001\u0002\r\n\r\n')).toMatch(/400|closed/);
  expect(wire.traces()).toEqual(before);
  expect(await wire.counted('http_refusals_total', 'status="413"')).toBe(1);
  expect(await wire.counted('http_refusals_total', 'status="400"')).toBeGreaterThanOrEqual(2);

  for (const type of ['event', 'somethingNew', 'typing', 'handoff'])
    expect((await wire.post(wire.teams.activity({ type }))).status).toBe(200);
  expect((await wire.post(wire.teams.activity({ text: '\u0301'.repeat(50_000) }))).status).toBe(200);

  // One message, delivered again and again: answered once, and beyond the allowance not even looked at.
  const again = { ...wire.teams.activity({ text: 'onboard jane' }), id: 'the-same' };
  const still = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  const statuses = await Promise.all(Array.from({ length: 150 }, async () => (await wire.post(again)).status));
  still.mockRestore();
  expect(wire.teams.onboardings.request.mock.calls.length).toBeLessThanOrEqual(60);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(80);
  expect(wire.teams.outbox.answers.filter(({ key }) => key === 'the-same')).toHaveLength(1);
  // Whoever is not the flood is heard all the same.
  const jane = { id: '29:jane', aadObjectId: ids.jane };
  const conversation = { id: 'a:jane', tenantId, conversationType: 'personal' };
  expect((await wire.post(wire.teams.activity({ from: jane, conversation }))).status).toBe(200);
});
