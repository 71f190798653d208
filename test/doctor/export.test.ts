import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeExport } from '../../graph/readiness/judge-export';
import { ExportMissing, readExport } from '../../graph/readiness/read-export';
import { exitStatusOf } from '../../graph/readiness/verdict';
import { BREAK_GLASS, GROUP, ORACLE, onboardingPolicy, type PolicyBody, policy } from '../oracle/policies';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onboard-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
const utf16 = (text: string, order: 'le' | 'be', mark: boolean) => {
  const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const strong = ORACLE.find(
  ({ name }) => name === 'everybody, all resources, phishing-resistant',
) as (typeof ORACLE)[number];
const json = JSON.stringify(strong.policy);
const judge = () => {
  const { policies, unread } = readExport(folder);
  return judgeExport(policies, unread, { groupId: GROUP, breakGlass: [BREAK_GLASS] });
};
const verdicts = () => judge().policies.map(({ verdict }) => verdict);

/** `displayName` is `DisplayName`, at every depth, as PowerShell's objects have it. */
function capitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitals);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), capitals(inner)]),
  );
}

test.each<[string, string | Buffer]>([
  ['as it is', json],
  ['with a byte-order mark', `\uFEFF${json}`],
  ['UTF-16 little-endian, as PowerShell writes it', utf16(json, 'le', true)],
  ['UTF-16 big-endian', utf16(json, 'be', true)],
  ['UTF-16 without a mark', utf16(json, 'le', false)],
  ['UTF-16 big-endian without a mark', utf16(json, 'be', false)],
  ['a list of one', `[${json}]`],
  [
    "Graph's list, with annotations",
    `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#x","value":[${json}]}`,
  ],
  [
    "PowerShell's objects",
    JSON.stringify({ ...(capitals(strong.policy) as object), AdditionalProperties: { '@odata.context': 'x' } }),
  ],
  [
    'with what only beta has',
    JSON.stringify({
      ...strong.policy,
      agentRiskLevels: [],
      partialEnablementStrategy: null,
      'grantControls@odata.type': '#x',
    }),
  ],
])('a policy is read %s', (_, content) => {
  put('policy.json', content);
  expect(verdicts()).toEqual(['fail']);
});

test('PowerShell writes a list of one as the one', () => {
  const users = { includeUsers: 'All', excludeGroups: GROUP };
  put('policy.json', JSON.stringify(capitals(policy({ users, grant: { builtInControls: 'mfa' } }))));
  expect(verdicts()).toEqual(['ok']);
});

test('what PowerShell keeps beside what its models know is not overlooked', () => {
  const legacy = capitals(
    policy({ conditions: { clientAppTypes: ['other'] }, grant: { builtInControls: ['block'] } }),
  ) as {
    readonly Conditions: object;
  };
  const bag = { AdditionalProperties: { '@odata.type': '#x', moonPhase: { include: ['full'] } } };
  put('policy.json', JSON.stringify({ ...legacy, Conditions: { ...legacy.Conditions, ...bag } }));
  expect(judge().policies).toMatchObject([
    { verdict: 'review', reason: expect.stringContaining('$.conditions.moonPhase') },
  ]);
});

test('what ConvertTo-Json cut short is said, and not taken for empty', () => {
  const cut = {
    ...strong.policy,
    conditions: { ...strong.policy.conditions, users: '@{includeUsers=System.Object[]}' },
  };
  put('cut.json', JSON.stringify(cut));
  put(
    'typed.json',
    JSON.stringify({
      ...strong.policy,
      grantControls: 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphConditionalAccessGrantControls',
    }),
  );
  const report = judge();
  expect(report.policies).toEqual([]);
  const said = report.checks.filter(({ id }) => id === 'read-policies').map(({ reason }) => reason);
  expect(said).toHaveLength(2);
  for (const reason of said) expect(reason).toContain('-Depth 10');
  expect(report.ready).toBe(false);
});

test.each<[string, string]>([
  ['not JSON', '{"displayName": "cut'],
  ['something else', '{"name":"onboard","version":"1"}'],
  ['a number', '17'],
  ['a list with something else in it', `[${json}, "x"]`],
])('a file that is %s is said to be unread', (_, content) => {
  put('good.json', JSON.stringify(onboardingPolicy()));
  put('odd.json', content);
  const report = judge();
  expect(report.checks).toContainEqual(
    expect.objectContaining({ id: 'read-policies', verdict: 'review', evidence: expect.stringContaining('odd.json') }),
  );
  expect(report.ready).toBe(false);
});

test('files in folders below are read too; a folder without any says so, and so does one that is not there', () => {
  expect(() => readExport(folder)).toThrow(ExportMissing);
  expect(() => readExport(join(folder, 'none'))).toThrow(/not there/);
  mkdirSync(join(folder, 'below'));
  put('below/one.json', json);
  expect(verdicts()).toEqual(['fail']);
  expect(judge().policies[0]?.evidence).toMatch(/^below\/one\.json: \$\.grantControls/);
});

test.each<[string, (body: PolicyBody) => unknown, string]>([
  [
    'condition',
    (body) => ({ ...body, conditions: { ...body.conditions, moonPhase: { include: ['full'] } } }),
    '$.conditions.moonPhase',
  ],
  [
    'way to name people',
    (body) => ({
      ...body,
      conditions: {
        ...body.conditions,
        users: { ...(body.conditions.users as object), includeUsers: [], includeAgents: ['x'] },
      },
    }),
    '$.conditions.users.includeAgents',
  ],
  ['state', (body) => ({ ...body, state: 'enabledOnTuesdays' }), 'enabledOnTuesdays'],
])('an unknown %s is said, and never ignored', (_, change, words) => {
  put('register.json', JSON.stringify(onboardingPolicy()));
  const legacy = policy({ conditions: { clientAppTypes: ['other'] }, grant: { builtInControls: ['block'] } });
  put('odd.json', JSON.stringify(change(legacy)));
  const report = judge();
  const finding = report.policies.find(({ evidence }) => evidence.startsWith('odd.json'));
  expect(finding).toMatchObject({ verdict: 'review', reason: expect.stringContaining(words) });
  expect(exitStatusOf(report)).toBe(2);
});

test('a tenant in order is ready; one policy that stops people makes it not ready', () => {
  put('register.json', JSON.stringify(onboardingPolicy()));
  put('mfa.json', JSON.stringify(policy({ users: { excludeGroups: [GROUP] }, grant: { builtInControls: ['mfa'] } })));
  expect(judge()).toMatchObject({ ready: true });
  expect(exitStatusOf(judge())).toBe(0);
  put('strong.json', json);
  expect(judge()).toMatchObject({ ready: false });
  expect(exitStatusOf(judge())).toBe(1);
});

test('without the policy that lets the group register, and with two of them, it is not ready', () => {
  put('mfa.json', JSON.stringify(policy({ users: { excludeGroups: [GROUP] }, grant: { builtInControls: ['mfa'] } })));
  const of = () => judge().checks.find(({ id }) => id === 'onboarding-policy')?.verdict;
  expect(of()).toBe('fail');
  put('register.json', JSON.stringify([onboardingPolicy(), onboardingPolicy()]));
  expect(of()).toBe('fail');
});

test('a group that no policy names is remarked on, a name instead of an id even more', () => {
  put('strong.json', json);
  const { policies, unread } = readExport(folder);
  const of = (groupId: string) =>
    judgeExport(policies, unread, { groupId, breakGlass: [] }).checks.find(({ id }) => id === 'group-id');
  expect(of(GROUP)).toMatchObject({ verdict: 'warn', unknown: false });
  expect(of('Passkey onboarding')).toMatchObject({ verdict: 'warn', unknown: true });
});
