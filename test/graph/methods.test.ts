import { TenantError } from '../../bot/workflow/tenant';
import { failureOf, fake, graphError, JANE, MO, type Said, type Seen } from './fake-graph';

interface PartRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
}

const partsOf = (seen: Seen | undefined) => (seen?.body as { requests: PartRequest[] } | undefined)?.requests ?? [];

/** A script for the parts of a batch, by the address that each asks for below the version. */
function batch(answer: (url: string) => Said) {
  return (seen: Seen): Said => answer(seen.path.slice('/v1.0'.length));
}

const key = {
  id: '-2_GRUg2-HYz6_1YG4YRAQ2',
  displayName: 'Authenticator - iOS',
  createdDateTime: '2026-11-22T19:12:09Z',
  aaGuid: '90A3CCDF-635C-4729-A248-9B709135078F',
  model: 'Microsoft Authenticator',
  attestationLevel: 'attested',
  passkeyType: 'deviceBound',
};

describe('passkeys of many people', () => {
  it('are read twenty in a request, relative and without a version', async () => {
    const ids = Array.from({ length: 45 }, (_, index) => `${String(index).padStart(2, '0')}${JANE.slice(2)}`);
    const whole = (seen: Seen): Said => ({
      body: {
        responses: partsOf(seen).map(({ id, url }) => ({
          id,
          status: 200,
          body: { value: [{ ...key, id: url.slice(7, 9) }] },
        })),
      },
    });
    const { tenant, seen } = fake(whole, {}, { batches: 'whole' });
    const found = await tenant.passkeys([...ids, ...ids]);
    expect(seen.map((request) => partsOf(request).length).sort()).toEqual([20, 20, 5]);
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/v1.0/$batch' });
    expect(partsOf(seen[0])[0]).toMatchObject({
      method: 'GET',
      url: `/users/${ids[0]}/authentication/fido2Methods`,
    });
    expect([...found.keys()]).toEqual(ids);
    for (const id of ids) expect(found.get(id)).toMatchObject([{ id: id.slice(0, 2) }]);
  });

  it('are told in our words', async () => {
    const { createdDateTime: _, ...old } = { ...key, id: 'old', creationDateTime: '2020-01-01T00:00:00Z' };
    const newer = { ...key, id: 'newer', passkeyType: 'unknownFutureValue', aaGuid: null, createdDateTime: null };
    const { passkeyType: __, ...untyped } = { ...key, id: 'untyped' };
    const { tenant } = fake(batch(() => ({ body: { value: [key, old, newer, untyped] } })));
    const found = (await tenant.passkeys([JANE])).get(JANE);
    expect(found).toMatchObject([
      {
        id: key.id,
        kind: 'passkey',
        aaGuid: '90a3ccdf-635c-4729-a248-9b709135078f',
        passkeyType: 'deviceBound',
        createdAt: Date.parse('2026-11-22T19:12:09Z'),
      },
      { id: 'old', createdAt: Date.parse('2020-01-01T00:00:00Z') },
      { id: 'newer', passkeyType: 'unknown' },
      { id: 'untyped' },
    ]);
    expect((found as object[])[2]).not.toHaveProperty('aaGuid');
    expect((found as object[])[3]).not.toHaveProperty('passkeyType');
  });

  it('fail one by one', async () => {
    const failing: Record<string, object> = {
      throttled: { status: 429, headers: { 'retry-after': '17' }, body: { error: { code: 'TooManyRequests' } } },
      gone: { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'Jane Doe' } } },
      denied: { status: 403, body: { error: { code: 'accessDenied' } } },
      broken: { status: 200, body: { odd: true } },
      nameless: { status: 200, body: { value: [{ displayName: 'no id' }] } },
    };
    const { tenant } = fake(batch((url): Said => failing[url.split('/')[2] ?? ''] ?? { body: { value: [key] } }));
    const found = await tenant.passkeys([...Object.keys(failing), JANE]);
    const summary = [...found].map(([id, result]) => [id, result instanceof TenantError ? result.kind : result.length]);
    expect(Object.fromEntries(summary)).toEqual({
      throttled: 'throttled',
      gone: 'not-found',
      denied: 'denied',
      broken: 'unavailable',
      nameless: 'unavailable',
      [JANE]: 1,
    });
    expect((found.get('throttled') as TenantError).detail.retryAfter).toBe(17_000);
    expect((found.get('denied') as TenantError).hint).toContain('UserAuthMethod-Passkey.Read.All');
  });

  it('that are missing from the answer are an error, not an empty list', async () => {
    const { tenant } = fake(() => ({ body: { responses: [] } }), {}, { batches: 'whole' });
    expect((await tenant.passkeys([JANE, MO])).get(JANE)).toMatchObject({ kind: 'unavailable' });
  });

  it('are an error for everybody in a batch that failed', async () => {
    const { tenant } = fake(() => graphError(429, 'x', 'w', { 'retry-after': '60' }), {}, { batches: 'whole' });
    const found = await tenant.passkeys([JANE, MO]);
    for (const id of [JANE, MO]) expect(found.get(id)).toMatchObject({ kind: 'throttled' });
  });

  it('of nobody cost nothing', async () => {
    const { tenant, seen } = fake(() => ({}));
    expect((await tenant.passkeys([])).size).toBe(0);
    expect(seen).toHaveLength(0);
  });
});

describe('Authenticator registrations', () => {
  it('are read in the same way', async () => {
    const app = { id: 'app', displayName: 'iPhone', createdDateTime: null };
    const { tenant, seen } = fake(batch(() => ({ body: { value: [app] } })));
    const found = (await tenant.authenticators([JANE])).get(JANE);
    expect(found).toEqual([{ id: 'app', kind: 'authenticator', displayName: 'iPhone' }]);
    expect(seen[0]?.path).toContain('microsoftAuthenticatorMethods');
  });
});

describe('the baseline', () => {
  const only = (readable: readonly string[], otherwise = 403) =>
    batch((url) => {
      const kind = url.split('/').at(-1) ?? '';
      return readable.includes(kind)
        ? { body: { value: [{ ...key, id: kind }] } }
        : { status: otherwise, body: { error: { code: 'accessDenied' } } };
    });

  it('holds every kind that may be read and leaves out what may not', async () => {
    const { tenant, seen } = fake(only(['fido2Methods', 'windowsHelloForBusinessMethods', 'phoneMethods']));
    const { kinds: readable, methods } = await tenant.methods(JANE);
    const kinds = methods.map(({ kind }) => kind);
    expect(readable).toEqual(expect.arrayContaining(kinds));
    expect(kinds).toEqual(['passkey', 'windowsHello', 'phone']);
    expect(seen).toHaveLength(7);
  });

  it('needs the passkeys', async () => {
    const { tenant } = fake(only(['phoneMethods']));
    const error = await failureOf(tenant.methods(JANE));
    expect(error.kind).toBe('denied');
    expect(error.hint).toContain('UserAuthMethod-Passkey.Read.All');
  });

  it.each([429, 500, 404])('is an error when a kind that may be read was not (%d)', async (status) => {
    const { tenant } = fake(only(['fido2Methods'], status));
    await failureOf(tenant.methods(JANE));
  });
});
