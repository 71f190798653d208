import { GROUPS } from '../../playground/tenant/ids';
import { idOfPerson } from '../../playground/tenant/people';
import { type Harness, startTenant } from './tenant-harness';

let t: Harness;
beforeEach(async () => {
  t = await startTenant();
});
afterEach(() => t.close());

const MINUTE = 60_000;
const passes = (key: string) => `/users/${idOfPerson(key)}/authentication/temporaryAccessPassMethods`;
const create = (key: string, body: unknown = { isUsableOnce: false }) => t.call('POST', passes(key), { body });
const list = async (key: string) => (await t.call('GET', passes(key))).body.value;
const policy = () => t.tenant.state.authenticationMethodsPolicy.temporaryAccessPass;

test('the code is answered once; reads say null, and the journal never has it', async () => {
  const { status, body } = await create('jane', { isUsableOnce: false, lifetimeInMinutes: 90 });
  expect(status).toBe(201);
  expect(body).toMatchObject({ lifetimeInMinutes: 90, isUsableOnce: false, isUsable: true });
  expect(body.methodUsabilityReason).toBe('EnabledByPolicy');
  const code = String(body.temporaryAccessPass);
  expect(code).toHaveLength(8);
  expect(t.tenant.passes()).toEqual([{ userId: idOfPerson('jane'), id: body.id, code }]);
  expect(await list('jane')).toMatchObject([{ id: body.id, temporaryAccessPass: null }]);
  expect((await t.call('GET', `${passes('jane')}/${body.id}`)).body.temporaryAccessPass).toBeNull();
  expect(JSON.stringify([t.journal, t.tenant.records()])).not.toContain(code);
});

test('codes are as long as the policy says, and hold symbols now and then', async () => {
  policy().defaultLength = 20;
  const codes: string[] = [];
  for (let n = 0; n < 10; n += 1) codes.push(String((await create('jane')).body.temporaryAccessPass));
  for (const code of codes) expect(code).toHaveLength(20);
  expect(new Set(codes).size).toBe(10);
  expect(codes.join('')).toMatch(/[+&=*_~#%!]/);
  expect(t.tenant.passes().map(({ code }) => code)).toEqual(codes);
});

test('a second one replaces the first', async () => {
  const first = await create('jane');
  const second = await create('jane');
  expect((await list('jane')).map(({ id }) => id)).toEqual([second.body.id]);
  expect((await t.call('GET', `${passes('jane')}/${first.body.id}`)).status).toBe(404);
  expect(t.journal.tenant.map(({ kind }) => kind)).toEqual(['pass-created', 'pass-replaced', 'pass-created']);
});

test('deleting: 204, then 404; the id must be the one that is there', async () => {
  const { body } = await create('jane');
  const path = `${passes('jane')}/${body.id}`;
  expect((await t.call('DELETE', `${passes('jane')}/6f1967b7-15e8-4935-ac26-d50770ed07a7`)).status).toBe(404);
  expect(await list('jane')).toHaveLength(1);
  expect((await t.call('DELETE', path)).status).toBe(204);
  expect((await t.call('DELETE', path)).body.error.code).toBe('resourceNotFound');
  expect(await list('jane')).toEqual([]);
});

test.each([59, 481, 10.5, '60', null])('a lifetime of %p is refused with the range of the policy', async (lifetime) => {
  if (lifetime === null) {
    policy().minimumLifetimeInMinutes = 240;
    policy().maximumLifetimeInMinutes = 300;
  }
  const { status, body } = await create('jane', { lifetimeInMinutes: lifetime ?? 60 });
  const range = lifetime === null ? '240 and 300' : '60 and 480';
  const message = `Invalid LifetimeInMinutes specified. The valid range between ${range}.`;
  expect([status, body.error.code, body.error.message]).toEqual([400, 'badRequest', message]);
  expect(body.error.innerError.message).toBe(message);
  expect(t.tenant.passes()).toEqual([]);
});

test('an unsaid lifetime is the default of the policy, an unsaid kind is multi-use', async () => {
  policy().defaultLifetimeInMinutes = 120;
  expect((await create('jane', {})).body).toMatchObject({ lifetimeInMinutes: 120, isUsableOnce: false });
});

const CONVERGED =
  'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].';

test('switched off, out of scope or excluded: refused with the text about the policy', async () => {
  const refusal = async () => {
    const { status, body } = await create('jane');
    return [status, body.error?.message];
  };
  policy().state = 'disabled';
  expect(await refusal()).toEqual([400, CONVERGED]);
  policy().state = 'enabled';
  policy().includeTargets = [{ targetType: 'group', id: GROUPS.onboarding, isRegistrationRequired: false }];
  expect(await refusal()).toEqual([400, CONVERGED]);
  t.tenant.changes.addMember('admin', GROUPS.onboarding, idOfPerson('jane'));
  expect(await refusal()).toEqual([201, undefined]);
  policy().includeTargets = [{ targetType: 'group', id: 'all_users', isRegistrationRequired: false }];
  policy().excludeTargets = [{ targetType: 'group', id: GROUPS.onboarding }];
  expect(await refusal()).toEqual([400, CONVERGED]);
});

test('a policy that is scoped to a group sees a new member late', async () => {
  policy().includeTargets = [{ targetType: 'group', id: GROUPS.onboarding, isRegistrationRequired: false }];
  t.behave({ replicationLagMs: 5000 });
  t.clock.advance(60_000);
  t.tenant.changes.addMember('admin', GROUPS.onboarding, idOfPerson('jane'));
  expect((await create('jane')).status).toBe(400);
  t.clock.advance(5001);
  expect((await create('jane')).status).toBe(201);
});

test('an external guest gets none', async () => {
  const { status, body } = await create('gus');
  expect([status, body.error.message]).toEqual([
    400,
    'Temporary Access Pass cannot be added to an external guest user.',
  ]);
});

test('usability follows the clock, the policy and the use; an expired pass stays listed', async () => {
  const reason = async () => (await list('jane'))[0]?.methodUsabilityReason;
  await create('jane', { startDateTime: new Date(t.clock.now() + 10 * MINUTE).toISOString() });
  expect(await reason()).toBe('NotYetValid');
  t.clock.advance(11 * MINUTE);
  expect(await reason()).toBe('EnabledByPolicy');
  policy().isUsableOnce = true;
  expect(await list('jane')).toMatchObject([{ isUsable: false, methodUsabilityReason: 'DisabledByPolicy' }]);
  policy().isUsableOnce = false;
  t.clock.advance(60 * MINUTE);
  expect(await list('jane')).toMatchObject([{ isUsable: false, methodUsabilityReason: 'Expired' }]);
  await create('jane', { isUsableOnce: true });
  const pass = t.tenant.state.passes.get(idOfPerson('jane'));
  if (pass) pass.uses = 1;
  expect(await reason()).toBe('OneTimeUsed');
});

test('a start in the past is refused', async () => {
  const past = new Date(t.clock.now() - 60 * MINUTE).toISOString();
  expect((await create('jane', { startDateTime: past })).status).toBe(400);
  expect((await create('jane', { startDateTime: 'soon' })).status).toBe(400);
});

test('expiry is noticed once, and standing says what is live', async () => {
  const { body } = await create('jane');
  const standing = () => t.tenant.records().standing.passes;
  expect(standing()).toEqual([{ userId: idOfPerson('jane'), id: body.id, live: true }]);
  t.clock.advance(61 * MINUTE);
  expect(standing()).toEqual([{ userId: idOfPerson('jane'), id: body.id, live: false }]);
  t.tenant.records();
  await list('jane');
  expect(t.journal.tenant.filter(({ kind }) => kind === 'pass-expired')).toMatchObject([
    { actor: 'tenant', passId: body.id },
  ]);
});
