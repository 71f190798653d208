import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigError, readConfig } from '../../bot/config';
import { readLedgerKey } from '../../bot/config/ledger-key';
import { complete, guid } from '../config/complete';
import { playgroundBundle } from '../harness/bundles';
import { Stage } from '../workflow/stage';

/** A set-up that would open a door, by a mistake or by somebody's hand. */
const dir = mkdtempSync(join(tmpdir(), 'onboard-abuse-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function refusedFor(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig({ ...complete, ...env });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.problems.every(({ todo }) => todo.length > 20)).toBe(true);
    return error.problems.map(({ key }) => key);
  }
}

test('a configuration that would open a door does not start, and says what to do', () => {
  expect(refusedFor({})).toEqual([]);
  const wrong: readonly [NodeJS.ProcessEnv, string][] = [
    [{ HELPDESK_GROUP_ID: guid(4) }, 'HELPDESK_GROUP_ID'],
    [{ ONBOARDING_GROUP_ID: 'All Users' }, 'ONBOARDING_GROUP_ID'],
    [{ TENANT_ID: '*' }, 'TENANT_ID'],
    [{ TENANT_ID: 'common' }, 'TENANT_ID'],
    [{ CLIENT_ID: '' }, 'CLIENT_ID'],
    [{ WINDOW_MINUTES: '43200' }, 'WINDOW_MINUTES'],
    [{ MAX_PASSES: '1000' }, 'MAX_PASSES'],
    [{ PRIVILEGED: 'on', GUARD_POLICY_ID: guid(7) }, 'SECOND_APPROVER_IDS'],
    [{ FALLBACK_APPROVER_IDS: '*' }, 'FALLBACK_APPROVER_IDS'],
    [{ BOT_OPENID_METADATA_URL: 'https://evil.example/openid' }, 'BOT_TOKEN_ISSUER'],
    [{ GRAPH_BASE_URL: 'http://graph.microsoft.com' }, 'GRAPH_BASE_URL'],
    [{ MAX_MESSAGES_PER_PERSON_PER_MINUTE: '0' }, 'MAX_MESSAGES_PER_PERSON_PER_MINUTE'],
  ];
  for (const [env, key] of wrong) expect([env, refusedFor(env)]).toEqual([env, expect.arrayContaining([key])]);

  // A key, a certificate or a file of the configuration that everybody on the machine can read.
  const key = join(dir, 'ledger.key');
  writeFileSync(key, 'ab'.repeat(32));
  chmodSync(key, 0o644);
  expect(() => readLedgerKey(key, false)).toThrow(/chmod 600/);
  const run = (file: string, mode: number, lines: NodeJS.ProcessEnv) => {
    const path = join(dir, file);
    writeFileSync(
      path,
      Object.entries(lines)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    chmodSync(path, mode);
    const onboard = join(dirname(playgroundBundle()), 'onboard.cjs');
    return spawnSync(process.execPath, [onboard, '--config', path, 'start'], {
      env: { PATH: process.env.PATH },
      cwd: dir,
      encoding: 'utf8',
    });
  };
  const open = run('open.env', 0o644, complete);
  expect([open.status, open.stderr]).toEqual([2, expect.stringMatching(/holds a secret .* chmod 600/)]);
  expect(open.stderr).not.toContain(complete.CLIENT_SECRET);
  const certificate = join(dir, 'app.pem');
  writeFileSync(certificate, 'x');
  chmodSync(certificate, 0o644);
  const { CLIENT_SECRET: _secret, ...rest } = complete;
  const pem = run('pem.env', 0o644, { ...rest, CLIENT_CERTIFICATE_PATH: certificate });
  expect([pem.status, pem.stderr]).toEqual([2, expect.stringMatching(/private key.*chmod 600/)]);
});

test('a tenant in which it cannot work is refused with its reason, and nothing is half done', async () => {
  const cases: readonly [string, (stage: Stage) => void][] = [
    ['passes are switched off', (s) => Object.assign(s.tenant.policy, { enabled: false })],
    ['every pass would be one-time', (s) => Object.assign(s.tenant.policy, { forcesOneTime: true })],
    ['the right to add to the group is missing', (s) => s.tenant.fail('addMember', 'denied', 100)],
    ['the right to read passkeys is missing', (s) => s.tenant.fail('methods', 'denied', 100)],
    ['the right to make a pass is missing', (s) => s.tenant.fail('createPass', 'denied', 100)],
  ];
  for (const [what, change] of cases) {
    const stage = await new Stage().start();
    const approved = await stage.approved();
    change(stage);
    const shown = await stage.showPass(approved);
    expect([what, shown.kind]).toEqual([what, 'refused']);
    // Whatever had begun is ended by itself: nobody is left in the group without a pass to use.
    await stage.clock.advance(61 * 60_000, 60_000);
    await stage.clock.advance(60_000, 1_000);
    expect([what, stage.tenant.group.size, stage.tenant.taps.size]).toEqual([what, 0, 0]);
    await stage.end();
  }
});
