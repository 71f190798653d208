import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadExport } from '../../playground/tenant/export/folder';
import { loadTenant } from '../../playground/tenant/export/load';
import { idOfPerson } from '../../playground/tenant/people';
import { createState, productSettings } from '../../playground/tenant/scenario';
import { createRig, phoneWithPass, registerOnPhone, withPassword, withPhonePasskey } from './devices-rig';

const SAMPLE = join(__dirname, '../../playground/sample-tenant');
const GROUP = 'c0ffee00-0000-4000-8000-000000000888';
const CA020 = 'c0ffee00-0000-4000-8000-000000000020';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'exports-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, content: string | Uint8Array) => writeFileSync(join(dir, name), content);
const json = (name: string, value: unknown) => put(name, JSON.stringify(value));
const load = () => loadTenant(dir);

/** What loading a folder complains of, line by line. */
function complaints(): string[] {
  try {
    load();
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(BadExport);
    return (error as Error).message.split('\n');
  }
}

const REGISTERS = {
  id: 'c0ffee00-0000-4000-8000-000000000001',
  displayName: 'CA888',
  state: 'enabled',
  conditions: {
    users: { includeGroups: [GROUP] },
    applications: { includeUserActions: ['urn:user:registersecurityinfo'] },
  },
  grantControls: { operator: 'OR', authenticationStrength: { id: '00000000-0000-0000-0000-000000000002' } },
};

describe('the sample', () => {
  const loaded = loadTenant(SAMPLE);

  test('has everything that was exported, in the shapes of Graph', () => {
    expect(loaded.policies.map(({ displayName, state }) => [displayName.slice(0, 5), state])).toEqual([
      ['CA020', 'enabledForReportingButNotEnforced'],
      ['CA001', 'enabled'],
      ['CA888', 'enabled'],
      ['CA999', 'enabled'],
    ]);
    expect(loaded.onboardingGroupId).toBe(GROUP);
    expect(loaded.strengths.map(({ displayName }) => displayName)).toContain('Passkey Onboarding/Recovery');
    expect(loaded.methodsPolicy.temporaryAccessPass).toMatchObject({
      defaultLength: 12,
      maximumLifetimeInMinutes: 720,
    });
    expect(loaded.methodsPolicy.fido2).toBeUndefined();
    expect(loaded.notes).toEqual([]);
  });

  test('a policy of PowerShell is the one that Graph would have shown', () => {
    const policy = loaded.policies.find(({ id }) => id === CA020);
    expect(policy).toMatchObject({
      displayName: 'CA020 Managed apps on phones outside of the office',
      conditions: {
        platforms: { includePlatforms: ['android', 'iOS'], excludePlatforms: [] },
        locations: { includeLocations: ['All'] },
        users: { includeUsers: ['All'], includeGuestsOrExternalUsers: null },
        devices: null,
        clientApplications: null,
        authenticationFlows: null,
      },
      grantControls: { operator: 'OR', builtInControls: ['compliantApplication'], authenticationStrength: null },
      sessionControls: null,
    });
    expect(JSON.stringify(loaded.policies)).not.toContain('@odata.context');
  });

  test('is a tenant in which somebody registers, and one policy switched on stops her phone on mobile data', async () => {
    const begin = () => {
      const rig = createRig('everyone', loadTenant(SAMPLE));
      rig.join('jane');
      rig.givePass('jane');
      return rig;
    };
    expect((await registerOnPhone(begin(), 'jane')).page).toBe('account-added');
    const rig = begin();
    const policy = rig.state.policies.find(({ id }) => id === CA020);
    if (policy) policy.state = 'enabled';
    expect((await phoneWithPass(rig, 'jane')).stopped).toMatchObject({ errorCode: 53009, policy: { id: CA020 } });
    // The office is a named location that the policy leaves out.
    await rig.phone('jane').press('open-app', { app: 'authenticator', network: 'office' });
    await rig.phone('jane').press('add-account');
    await rig.phone('jane').press('next', { name: rig.user('jane').userPrincipalName });
    expect((await rig.phone('jane').press('next', { pass: 'nc+&G=xw' })).page).toBe('authenticator-provider');
  });

  test('outside the group there is no way in, and afterwards there is', async () => {
    const rig = createRig('everyone', loadTenant(SAMPLE));
    expect((await withPassword(rig, 'jane', 'mail')).page).toBe('interrupt');
    expect((await rig.computer('jane').press('next')).stopped?.symptom).toBe('dead-end');
    expect((await withPhonePasskey(rig, 'pat', 'mail')).page).toBe('mail');
  });

  test('leaves people and what was not exported as they are, and shares nothing between two tenants', () => {
    const one = createState('everyone', 0, loaded);
    expect(one.users.size).toBe(createState('everyone').users.size);
    expect(one.authenticationMethodsPolicy.fido2.state).toBe('enabled');
    expect(one.groups.get(GROUP)?.displayName).toBe('Passkey onboarding (exported)');
    expect(productSettings(one)).toMatchObject({ onboardingGroupId: GROUP, privileged: 'off', guardPolicyId: null });
    one.policies.pop();
    one.groups.get(GROUP)?.members.add('x');
    const two = createState('everyone', 0, loaded);
    expect([two.policies.length, two.groups.get(GROUP)?.members.size]).toEqual([4, 0]);
  });
});

describe('encodings', () => {
  const utf16 = (text: string, bigEndian = false) => {
    const bytes = Buffer.from(text, 'utf16le');
    return bigEndian ? bytes.swap16() : bytes;
  };
  const text = JSON.stringify(REGISTERS);
  test.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['UTF-16, little-endian, with a mark', utf16(`\uFEFF${text}`)],
    ['UTF-16, big-endian, with a mark', utf16(`\uFEFF${text}`, true)],
    ['UTF-16, little-endian, without a mark', utf16(text)],
    ['UTF-16, big-endian, without a mark', utf16(text, true)],
  ])('%s', (_name, bytes) => {
    put('CA888.json', bytes);
    expect(load().policies.map(({ displayName }) => displayName)).toEqual(['CA888']);
  });

  test('the whole sample in UTF-16 is the same tenant', () => {
    cpSync(SAMPLE, dir, { recursive: true });
    for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')))
      put(file, utf16(`\uFEFF${readFileSync(join(dir, file), 'utf8')}`));
    expect(load()).toEqual(loadTenant(SAMPLE));
  });
});

describe('shapes', () => {
  test.each<[string, unknown]>([
    ['one', REGISTERS],
    ['a list', [REGISTERS]],
    ["Graph's list", { '@odata.context': 'x', value: [REGISTERS] }],
    ['an older PowerShell', { value: [REGISTERS], Count: 1 }],
    ['lists in a list', [[REGISTERS]]],
  ])('%s', (_name, value) => {
    json('any name at all.json', value);
    expect(load().policies).toHaveLength(1);
  });

  test('in folders below', () => {
    mkdirSync(join(dir, 'a/b'), { recursive: true });
    json('a/b/CA888.JSON', REGISTERS);
    expect(load().policies).toHaveLength(1);
  });

  test('a list that PowerShell has unwrapped, null for an empty one, words in any letter case', () => {
    json('x.json', {
      ...REGISTERS,
      State: undefined,
      state: 'Enabled',
      conditions: {
        users: { includeUsers: 'all', includeGroups: GROUP.toUpperCase(), excludeUsers: null },
        applications: { includeUserActions: 'urn:user:registersecurityinfo', includeApplications: null },
        clientAppTypes: null,
        platforms: { includePlatforms: [], excludePlatforms: [] },
        locations: { includeLocations: null, excludeLocations: [] },
      },
      sessionControls: { signInFrequency: { isEnabled: null }, persistentBrowser: {} },
      grantControls: { operator: 'or', builtInControls: 'MFA' },
    });
    const [policy] = load().policies;
    expect(policy).toMatchObject({
      state: 'enabled',
      sessionControls: null,
      conditions: {
        clientAppTypes: ['all'],
        platforms: null,
        locations: null,
        users: { includeUsers: ['All'], includeGroups: [GROUP], excludeUsers: [] },
        applications: { includeUserActions: ['urn:user:registersecurityinfo'], includeApplications: [] },
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    });
  });

  test('what is of beta or of the future stays, and a condition that nobody judges here is named', () => {
    json('x.json', {
      ...REGISTERS,
      moods: ['calm'],
      conditions: { ...REGISTERS.conditions, moonPhases: ['full'], deviceStates: null },
      grantControls: { ...REGISTERS.grantControls, builtInControls: ['thinkTwice'] },
    });
    const { policies, notes } = load();
    expect(policies[0]).toMatchObject({ moods: ['calm'], grantControls: { builtInControls: ['thinkTwice'] } });
    expect(notes).toEqual(['x.json: "CA888" is judged without conditions.moonPhases.']);
  });

  test('what is something else is left alone, and named', () => {
    json('x.json', REGISTERS);
    json('devices.json', { value: [{ id: 'd', operatingSystem: 'iOS' }] });
    expect(load().notes).toEqual(['devices.json: not used; it holds nothing that the playground knows.']);
  });

  test('who is in what can be said by hand', () => {
    json('x.json', REGISTERS);
    json('playground.json', {
      onboardingGroupId: GROUP,
      guardPolicyId: REGISTERS.id,
      members: { 'c0ffee00-0000-4000-8000-0000000000aa': ['jane'] },
      roles: { mo: ['62E90394-69F5-4237-9190-012177145E10'] },
    });
    const state = createState('everyone', 0, load());
    expect([...(state.groups.get('c0ffee00-0000-4000-8000-0000000000aa')?.members ?? [])]).toEqual([
      idOfPerson('jane'),
    ]);
    expect(state.roleAssignments.at(-1)).toMatchObject({
      principalId: idOfPerson('mo'),
      roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
    });
    expect(productSettings(state)).toMatchObject({ privileged: 'on', guardPolicyId: REGISTERS.id });
  });
});

describe('a folder that cannot be used', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /^x\.json: it is empty\.$/],
    ['no JSON', '{"a": }', /^x\.json: it is no JSON \(/],
    ['a web page', '<!DOCTYPE html><title>Sign in</title>', /^x\.json: it is a web page/],
    ['bytes that are no text', new Uint8Array([0x7b, 0xff, 0xff]), /^x\.json: it is neither UTF-8 nor UTF-16\.$/],
    ['a list of something else', '["a"]', /^x\.json: it holds something that is no object\.$/],
    ['an error', '{"error":{"code":"Forbidden"}}', /^x\.json: it is an error message of Graph/],
    ['one page', '{"@odata.nextLink":"https://x","value":[]}', /^x\.json: it is one page of several/],
    [
      'cut off',
      '{"DisplayName":"x","State":"enabled","Conditions":{"Users":"Microsoft.Graph.PowerShell.Models.MicrosoftGraphConditionalAccessUsers"}}',
      /^x\.json: Conditions\.Users was cut off by ConvertTo-Json; export again with -Depth 20\.$/,
    ],
    [
      'cut off in the older way',
      '{"conditions":{"users":"@{includeUsers=System.Object[]}"}}',
      /conditions\.users was cut off/,
    ],
    [
      'without a name',
      JSON.stringify({ ...REGISTERS, displayName: null }),
      /^x\.json: the policy has no displayName\.$/,
    ],
    [
      'with no such state',
      JSON.stringify({ ...REGISTERS, state: 'on' }),
      /^x\.json: "CA888" has the state "on", which is none\.$/,
    ],
    [
      'without people',
      JSON.stringify({ ...REGISTERS, conditions: { applications: {} } }),
      /has no conditions\.users\.$/,
    ],
  ])('%s', (_name, content, expected) => {
    put('x.json', content);
    expect(complaints()[0]).toMatch(expected);
  });

  test('says everything at once', () => {
    put('a.json', '{');
    put('b.json', '');
    expect(complaints().map((line) => line.slice(0, 6))).toEqual(['a.json', 'b.json']);
  });

  test('has the same policy twice', () => {
    json('a.json', REGISTERS);
    json('b.json', { ...REGISTERS, displayName: 'CA888 copy' });
    expect(complaints()).toEqual(['b.json: "CA888 copy" is in a.json already.']);
  });

  test('does not say which group it is about', () => {
    json('a.json', { ...REGISTERS, conditions: { ...REGISTERS.conditions, users: { includeUsers: ['All'] } } });
    expect(complaints()[0]).toContain('name the group in playground.json as "onboardingGroupId"');
  });

  test('speaks of somebody who is not here, or says what nobody asked', () => {
    json('a.json', REGISTERS);
    json('playground.json', { members: { [GROUP]: ['nobody'] } });
    expect(() => createState('everyone', 0, load())).toThrow('nobody with the key "nobody"');
    json('playground.json', { groupId: GROUP });
    expect(complaints()[0]).toContain('it says "groupId"');
  });

  test('is empty, or is none', () => {
    expect(complaints()).toEqual([`There is no .json file in ${dir}.`]);
    expect(() => loadTenant(join(dir, 'x'))).toThrow('cannot be read');
    put('f', '');
    expect(() => loadTenant(join(dir, 'f'))).toThrow('is not a folder');
  });
});
