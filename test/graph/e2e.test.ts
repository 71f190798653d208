import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { createClock } from '../../playground/clock';
import { createJournal, type Journal } from '../../playground/journal';
import { createCertificates, createGraphServer, createTenant, type TenantSide } from '../../playground/tenant';

/** Every method of the port, against the playground's tenant over HTTPS with real tokens. */

interface Failure {
  readonly kind: string;
  readonly code: string;
  readonly hint: string;
}

const folder = mkdtempSync(join(tmpdir(), 'graph-e2e-'));
const journal: Journal = createJournal(createClock());
const warnings: string[] = [];
let side: TenantSide;
let server: Server;
let child: ChildProcess;
let asked = 0;
const waiting = new Map<number, (answer: { value?: unknown; error?: Failure }) => void>();

beforeAll(async () => {
  side = createTenant({
    scenario: 'admins',
    clock: createClock(),
    journal,
    publicOrigin: () => 'http://localhost',
    warn: (text) => void warnings.push(text),
  });
  const certificates = await createCertificates();
  server = createGraphServer(side.graphListener, certificates);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const authority = join(folder, 'ca.pem');
  writeFileSync(authority, certificates.caPem);
  const script = join(folder, 'child.cjs');
  buildSync({
    entryPoints: [join(__dirname, 'e2e-child.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  const { tenantId, botApp, onboardingGroupId } = side.state;
  child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: authority,
      E2E_SETTINGS: JSON.stringify({
        tenantId,
        clientId: botApp.appId,
        credential: { kind: 'secret', secret: botApp.secret },
        authorityHost: origin,
        graphBaseUrl: origin,
        onboardingGroupId,
        guardPolicyId: side.state.policies.find(({ displayName }) => displayName.startsWith('CA889'))?.id,
      }),
    },
  });
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const answer = JSON.parse(line);
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
}, 30_000);

afterAll(async () => {
  child?.kill();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  rmSync(folder, { recursive: true });
});

afterEach(async () => {
  const restart = side.state.behaviour.withoutRoles.length > 0;
  side.setBehaviour({ faults: [], withoutRoles: [] });
  if (restart) await call('restart');
});

async function ask(method: string, args: readonly unknown[]): Promise<{ value?: unknown; error?: Failure }> {
  const id = ++asked;
  const answer = new Promise<{ value?: unknown; error?: Failure }>((resolve) => waiting.set(id, resolve));
  child.stdin?.write(`${JSON.stringify({ id, method, args })}\n`);
  return answer;
}

async function call<T = Record<string, unknown>>(method: string, ...args: readonly unknown[]): Promise<T> {
  const { value, error } = await ask(method, args);
  if (error) throw new Error(`${method}: ${error.code} ${error.hint}`);
  return value as T;
}

async function failing(method: string, ...args: readonly unknown[]): Promise<Failure> {
  const { value, error } = await ask(method, args);
  if (!error) throw new Error(`${method} was to fail and gave ${JSON.stringify(value)}`);
  return error;
}

/** Takes a permission away; a token that was handed out before would still carry it. */
async function without(...roles: string[]): Promise<void> {
  side.setBehaviour({ withoutRoles: roles });
  await call('restart');
}

function person(key: string) {
  const found = [...side.state.users.values()].find((user) => user.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
}

const writes = () => journal.graph.filter(({ write }) => write).map(({ method, path }) => `${method} ${path}`);

describe('people', () => {
  it('are found by the beginning of their names, and by an exact address first', async () => {
    const janes = await call<{ userPrincipalName: string }[]>('findPeople', 'jane');
    expect(janes.length).toBeGreaterThanOrEqual(2);
    const jane = person('jane');
    expect((await call<{ id: string }[]>('findPeople', jane.userPrincipalName))[0]?.id).toBe(jane.id);
    expect(await call('findPeople', jane.id)).toHaveLength(1);
    expect(await call('findPeople', 'nobody-of-this-name')).toEqual([]);
    const odd = person('olga');
    const found = await call<{ id: string }[]>('findPeople', odd.displayName);
    expect(found.map(({ id }) => id)).toContain(odd.id);
    expect(await call('findPeople', "O'Brien & Söhne #1*")).toBeInstanceOf(Array);
  });

  it('are read with what decides about them', async () => {
    expect(await call('person', person('jane').id)).toMatchObject({ kind: 'member', enabled: true });
    expect(await call('person', person('dana').id)).toMatchObject({ enabled: false });
    expect(await call('person', person('gus').id)).toMatchObject({ kind: 'guest' });
    expect(await call('person', person('derek').id)).toMatchObject({ kind: 'member' });
    expect(await call('person', side.state.onboardingGroupId)).toBeNull();
  });

  it('have a manager, none, or one that is no person', async () => {
    expect(await call('manager', person('jane').id)).toMatchObject({
      kind: 'person',
      person: { id: person('mo').id },
    });
    expect(await call('manager', person('nora').id)).toEqual({ kind: 'none' });
    expect(await call('manager', person('otto').id)).toEqual({ kind: 'not-a-person' });
    expect(await call('manager', person('derek').id)).toMatchObject({ kind: 'person', person: { enabled: false } });
    expect((await failing('manager', side.state.onboardingGroupId)).kind).toBe('not-found');
  });

  it('are in groups, also through another group', async () => {
    const helpdesk = [...side.state.groups.values()].find(({ displayName }) => displayName === 'Helpdesk')?.id;
    expect(await call('isInGroup', person('priya').id, helpdesk)).toBe(true);
    expect(await call('isInGroup', person('sam').id, helpdesk)).toBe(true);
    expect(await call('isInGroup', person('jane').id, helpdesk)).toBe(false);
  });

  it('hold roles, active, eligible, or through a group', async () => {
    expect(await call('privilege', person('jane').id)).toEqual({ level: 'none', evidence: [] });
    for (const key of ['gloria', 'eli', 'ada', 'breakglass', 'ruth']) {
      expect(await call('privilege', person(key).id)).toMatchObject({ level: 'privileged' });
    }
    const eligible = [...side.state.groups.values()].find(({ isAssignableToRole }) => isAssignableToRole);
    side.state.groupEligibilities.push({ id: 'e', principalId: person('nora').id, groupId: eligible?.id ?? '' });
    expect(await call('privilege', person('nora').id)).toEqual({
      level: 'privileged',
      evidence: [eligible?.displayName],
    });
    await without('PrivilegedEligibilitySchedule.Read.AzureADGroup');
    expect(await call('privilege', person('jane').id)).toMatchObject({ level: 'unreadable' });
    await without('RoleManagement.Read.Directory');
    expect(await call('privilege', person('jane').id)).toMatchObject({ level: 'unreadable' });
  });
});

describe('the group', () => {
  it('is entered and left, and each is read back', async () => {
    const jane = person('jane').id;
    expect(await call('isMember', jane)).toBe(false);
    expect(await call('addMember', jane)).toBe('added');
    expect(await call('addMember', jane)).toBe('already-member');
    expect(await call('isMember', jane)).toBe(true);
    expect(await call('members')).toEqual([jane]);
    const removal = await call<{ result: string; tenantTime: number }>('removeMember', jane);
    expect(removal.result).toBe('removed');
    expect(Math.abs(removal.tenantTime - Date.now())).toBeLessThan(60_000);
    expect((await call('removeMember', jane)).result).toBe('not-member');
    expect(await call('members')).toEqual([]);
    expect(side.state.users.has(jane)).toBe(true);
    expect(warnings).toEqual([]);
    expect(writes().filter((write) => write.startsWith('DELETE /v1.0/groups') && !write.endsWith('/$ref'))).toEqual([]);
  });

  it('may have changed when an answer was lost', async () => {
    const jane = person('jane').id;
    side.setBehaviour({ faults: [{ method: 'POST', path: 'members/\\$ref$', do: 'lost', times: 1 }] });
    expect(await failing('addMember', jane)).toMatchObject({ kind: 'unknown', code: 'GRAPH_LOST_ANSWER' });
    expect(await call('isMember', jane)).toBe(true);
    side.setBehaviour({ faults: [{ method: 'DELETE', path: 'members', do: 'lost', times: 1 }] });
    expect((await failing('removeMember', jane)).kind).toBe('unknown');
    expect((await call('removeMember', jane)).result).toBe('not-member');
  });

  it('waits out a short pause and throws a long one', async () => {
    const jane = person('jane').id;
    const pause = { method: 'DELETE', path: 'members', do: 'status', status: 429, times: 1 } as const;
    side.setBehaviour({ faults: [{ ...pause, retryAfter: 1 }] });
    expect((await call('removeMember', jane)).result).toBe('not-member');
    side.setBehaviour({ faults: [{ ...pause, retryAfter: 90 }] });
    expect(await failing('removeMember', jane)).toMatchObject({ kind: 'throttled', detail: { retryAfter: 90_000 } });
  });
});

describe('passes', () => {
  it('are made once, listed without their code, and deleted', async () => {
    const jane = person('jane').id;
    expect(await call('passPolicy')).toEqual({
      enabled: true,
      forcesOneTime: false,
      minimumMinutes: 60,
      maximumMinutes: 480,
    });
    const made = await call<{ pass: string; record: { id: string } }>('createPass', jane, 60);
    expect(made).toMatchObject({
      pass: '[redacted]',
      record: { lifetimeMinutes: 60, usableOnce: false, usable: true },
    });
    expect(await call('passes', jane)).toEqual([made.record]);
    await call('deletePass', jane, made.record.id);
    await call('deletePass', jane, made.record.id);
    expect(await call('passes', jane)).toEqual([]);
  });

  it('are refused with our codes', async () => {
    expect((await failing('createPass', person('jane').id, 5)).code).toBe('GRAPH_TAP_LIFETIME');
    expect((await failing('createPass', person('gus').id, 60)).code).toBe('GRAPH_TAP_GUEST');
    const policy = side.state.authenticationMethodsPolicy.temporaryAccessPass;
    policy.state = 'disabled';
    expect((await failing('createPass', person('jane').id, 60)).code).toBe('GRAPH_TAP_SCOPE');
    policy.state = 'enabled';
  });

  it('may exist when an answer was lost: one creation, unknown, then found', async () => {
    const jane = person('jane').id;
    const before = writes().length;
    side.setBehaviour({ faults: [{ method: 'POST', path: 'temporaryAccessPassMethods', do: 'lost', times: 1 }] });
    expect((await failing('createPass', jane, 60)).kind).toBe('unknown');
    expect(writes().length - before).toBe(1);
    const [found] = await call<{ id: string }[]>('passes', jane);
    await call('deletePass', jane, found?.id);
  });

  it('leave no code in what the adapter logs', async () => {
    const logged = JSON.stringify(await call<string[]>('log'));
    expect(logged.length).toBeGreaterThan(1_000);
    expect(side.passes().length).toBeGreaterThanOrEqual(2);
    for (const { code } of side.passes()) expect(logged).not.toContain(JSON.stringify(code).slice(1, -1));
  });
});

describe('methods and sessions', () => {
  it('are read for a baseline, leaving out what may not be read', async () => {
    const priya = await call<{ kinds: string[]; methods: { kind: string }[] }>('methods', person('priya').id);
    expect(priya.methods.map(({ kind }) => kind)).toContain('passkey');
    expect(priya.kinds).toEqual(['passkey', 'authenticator']);
    expect(await call('methods', person('jane').id)).toEqual({ kinds: priya.kinds, methods: [] });
    await without('UserAuthMethod-Passkey.Read.All', 'UserAuthMethod-Passkey.ReadWrite.All');
    expect((await failing('methods', person('jane').id)).hint).toContain('UserAuthMethod-Passkey.Read.All');
  });

  it('are read for many at once', async () => {
    const ids = [...side.state.users.keys()];
    const keys = await call<Record<string, unknown[]>>('passkeys', ids);
    expect(Object.keys(keys)).toHaveLength(ids.length);
    expect(ids.length).toBeGreaterThan(20);
    expect(keys[person('jane').id]).toEqual([]);
    const [known] = keys[person('priya').id] as { aaGuid: string; passkeyType: string; createdAt: number }[];
    expect(known?.aaGuid).toBe(known?.aaGuid.toLowerCase());
    expect(known).toMatchObject({ passkeyType: 'deviceBound', createdAt: expect.any(Number) });
    const apps = await call<Record<string, unknown[]>>('authenticators', [person('jane').id]);
    expect(apps[person('jane').id]).toEqual([]);
    const strangers = await call<Record<string, { kind: string }>>('passkeys', [side.state.onboardingGroupId]);
    expect(strangers[side.state.onboardingGroupId]?.kind).toBe('not-found');
  });

  it('are revoked, and the time is read back', async () => {
    const jane = person('jane').id;
    const before = Date.now();
    await call('revokeSessions', jane);
    expect(await call<number>('sessionsValidFrom', jane)).toBeGreaterThanOrEqual(Math.floor(before / 1_000) * 1_000);
  });
});

describe('the guard policy and the token', () => {
  it('is proven in the tenant that has it', async () => {
    expect(await call('guardPolicy', person('ada').id)).toMatchObject({
      proven: true,
      policyName: expect.stringContaining('CA889'),
    });
  });

  it('serves the Bot Connector too', async () => {
    const token = await call<string>('token', 'https://api.botframework.com/.default');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { aud: string };
    expect(claims.aud).toBe('https://api.botframework.com');
  });

  it('every kind of call that this port makes was carried out', () => {
    const lost = journal.graph.filter(({ status, path }) => status === 404 && !/users|groups/.test(path));
    expect(lost).toEqual([]);
  });
});
