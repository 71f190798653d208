import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doctor } from '../../bot/cli/commands/doctor';
import type { Output } from '../../bot/cli/output';
import { BREAK_GLASS, GROUP, ORACLE, onboardingPolicy, policy } from '../oracle/policies';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onboard-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(options: { json?: boolean; html?: boolean } = {}) {
  let said = '';
  const output: Output = {
    result: (text) => {
      said += `${text}\n`;
    },
    remark: (text) => {
      said += `${text}\n`;
    },
  };
  const code = await doctor({}, output, {
    policies: folder,
    group: GROUP,
    breakGlass: [BREAK_GLASS],
    json: options.json ?? false,
    html: options.html ?? false,
  });
  return { code, said };
}

const put = (name: string, body: unknown) => writeFileSync(join(folder, name), JSON.stringify(body));
const hostile = '<script>alert(1)</script>\u001b[2J';

test('in the documented shape for programs: ready or not, each policy, each check', async () => {
  put('all.json', [onboardingPolicy(), ...ORACLE.map((one) => one.policy)]);
  const { code, said } = await run({ json: true });
  expect(code).toBe(1);
  const report = JSON.parse(said);
  expect(Object.keys(report)).toEqual(['ready', 'policies', 'checks']);
  expect(report.ready).toBe(false);
  expect(report.policies).toHaveLength(ORACLE.length + 1);
  for (const one of report.policies)
    expect(Object.keys(one)).toEqual(['id', 'name', 'state', 'verdict', 'reason', 'evidence', 'fix']);
  for (const one of report.checks) expect(Object.keys(one)).toEqual(['id', 'verdict', 'reason', 'evidence', 'fix']);
});

test('for a terminal: what stops people first, with what to copy, and the conclusion last', async () => {
  const strong = ORACLE.find(({ verdict }) => verdict === 'fail')?.policy;
  put('all.json', [onboardingPolicy(), policy({ state: 'disabled' }), { ...strong, displayName: hostile }]);
  const { code, said } = await run();
  expect(code).toBe(1);
  expect(said.indexOf('[fail]')).toBeLessThan(said.indexOf('[ok]'));
  expect(said).toContain('> Or: PATCH /v1.0/identity/conditionalAccess/policies/');
  expect(said.trim().split('\n').at(-1)).toBe('NOT READY: 1 to change first. Policies read: 3.');
  // A policy's name cannot move the cursor.
  expect(said).not.toContain('\u001b');
});

test('as a page: names from the tenant are text', async () => {
  put('one.json', { ...onboardingPolicy(), displayName: hostile });
  const { code, said } = await run({ html: true });
  expect(code).toBe(0);
  expect(said).toContain('&#60;script&#62;');
  expect(said).not.toContain('<script');
});

test.each([
  ['no group', { policies: '.' }, /--group/],
  ['a folder that is not there', { policies: '/nowhere/at/all', group: GROUP }, /not there/],
])('%s is said in one sentence', async (_, options, words) => {
  const output: Output = { result: () => undefined, remark: () => undefined };
  await expect(doctor({}, output, { json: false, html: false, ...options })).rejects.toThrow(words);
});

test('two hundred policies are judged', async () => {
  put(
    'many.json',
    Array.from({ length: 200 }, (_, index) => ORACLE[index % ORACLE.length]?.policy),
  );
  expect(JSON.parse((await run({ json: true })).said).policies).toHaveLength(200);
});
