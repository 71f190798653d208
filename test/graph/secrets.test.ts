import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { TenantError } from '../../bot/workflow/tenant';
import { hintOf } from '../../graph/errors';
import { failureOf, fake, graphError, JANE, type Said } from './fake-graph';

/** Stands for whatever must not come out: a pass's code, a name in Graph's words, a bearer token. */
const PLANTED = 'Planted+Secret&1=Jane';

/** Everything that printing an error could show. */
function shown(error: unknown): string {
  const plain = error as Error & { cause?: unknown };
  return [
    inspect(error, { depth: 12, showHidden: true }),
    JSON.stringify(error),
    String(error),
    plain.stack ?? '',
    inspect(plain.cause, { depth: 12 }),
    JSON.stringify(Object.getOwnPropertyNames(plain).map((name) => inspect(Reflect.get(plain, name), { depth: 9 }))),
  ].join('\n');
}

describe('what an error shows', () => {
  it('is found by the hunt where it is planted', () => {
    expect(shown(new Error(PLANTED))).toContain(PLANTED);
    expect(shown(Object.assign(new Error('x'), { body: { deep: PLANTED } }))).toContain(PLANTED);
    expect(shown(new TenantError('rejected', 'X', 'y', 'z', { graphCode: PLANTED }))).toContain(PLANTED);
  });

  const answers: [string, () => Said][] = [
    ['words', () => graphError(400, 'badRequest', PLANTED)],
    ['a code', () => graphError(400, PLANTED)],
    ['an inner code', () => ({ status: 400, body: { error: { code: 'x', innerError: { code: PLANTED } } } })],
    ['a request id', () => ({ status: 403, body: { error: { code: 'x', innererror: { 'request-id': PLANTED } } } })],
    ['a header', () => ({ status: 500, headers: { 'request-id': PLANTED, 'x-other': PLANTED } })],
    ['a page', () => ({ status: 502, body: `<html>${PLANTED}</html>` })],
    ['a body that is half there', () => ({ status: 201, body: { temporaryAccessPass: PLANTED } })],
    ['a body that is cut', () => ({ status: 201, body: `{"temporaryAccessPass":"${PLANTED}` })],
    [
      'a network error',
      () => {
        throw new Error(PLANTED, { cause: new Error(PLANTED) });
      },
    ],
  ];

  it.each(answers)('holds nothing of the answer: %s', async (_, answer) => {
    const { tenant, logged } = fake(answer);
    const error = await failureOf(tenant.createPass(JANE, 60, new AbortController().signal));
    expect(shown(error)).not.toContain(PLANTED);
    expect(logged.join()).not.toContain(PLANTED);
    expect(logged.length).toBeGreaterThan(0);
  });

  it('holds neither the token nor whom it was about', async () => {
    const token = { tokenFor: async () => PLANTED };
    const { tenant, logged } = fake(() => graphError(403, 'x'), {}, { credential: token });
    const error = await failureOf(tenant.findPeople('Jane Doe'));
    for (const text of [shown(error), logged.join()]) {
      expect(text).not.toContain(PLANTED);
      expect(text).not.toContain('Jane');
    }
    const about = await failureOf(tenant.person(JANE));
    for (const text of [shown(about), logged.join()]) expect(text).not.toContain(JANE);
  });
});

describe('every code', () => {
  it('has a hint for the operator', () => {
    const folder = join(__dirname, '../../graph');
    const codes = new Set(
      readdirSync(folder)
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/\bGRAPH_[A-Z_]+\b/g) ?? []),
    );
    // These have their hints where they are made, because they name a permission or a setting; three are no codes.
    const elsewhere = /^GRAPH_(DENIED|CREDENTIAL_\w+|TOKEN_UNAVAILABLE|VERSION|BUDGET_PERCENT)$/;
    const bare = [...codes].filter((code) => !elsewhere.test(code) && hintOf(code) === hintOf('GRAPH_NO_SUCH_CODE'));
    expect(codes.size).toBeGreaterThan(15);
    expect(bare).toEqual([]);
  });
});
