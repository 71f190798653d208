import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { unzipSync } from 'fflate';
import { makePackage } from '../../bot/cli/commands/package';
import { ConfigError } from '../../bot/config';
import { playgroundBundle } from '../harness/bundles';

const schemas = join(dirname(require.resolve('@microsoft/app-manifest/package.json')), 'build/json-schemas/teams');
const clientId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const env = { CLIENT_ID: clientId.toUpperCase(), PUBLIC_URL: 'https://onboard.example.com/' };

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'onboard-package-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The errors that Microsoft's own schema of that version finds. */
function faults(manifest: { readonly manifestVersion: string }): unknown[] {
  const file = join(schemas, `v${manifest.manifestVersion}`, 'MicrosoftTeams.schema.json');
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats(ajv);
  const check = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  return check(manifest) ? [] : (check.errors ?? []);
}

function made(more: NodeJS.ProcessEnv = {}, options: { appVersion?: string } = {}) {
  const out = join(dir, `${Math.random()}.zip`);
  const said: string[] = [];
  makePackage(
    { ...env, ...more },
    { result: (text) => void said.push(text), remark: (text) => void said.push(text) },
    { out, ...options },
  );
  const bytes = readFileSync(out);
  const files = unzipSync(new Uint8Array(bytes));
  const text = Buffer.from(files['manifest.json'] ?? []).toString('utf8');
  return { out, said: said.join('\n'), bytes, files, text, manifest: JSON.parse(text) };
}
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('the manifest is what Microsoft’s schema asks for, and the check is not blind', () => {
  const { manifest } = made();
  expect(faults(manifest)).toEqual([]);
  expect(faults({ ...manifest, id: 'onboard' })).not.toEqual([]);
  expect(faults({ ...manifest, name: { short: 'x'.repeat(31) } })).not.toEqual([]);
  expect(faults({ ...manifest, bots: [{ ...manifest.bots[0], scopes: ['everywhere'] }] })).not.toEqual([]);
  const [extension] = manifest.composeExtensions;
  const [command] = extension.commands;
  const broken = { ...extension, commands: [{ ...command, context: ['anywhere'] }] };
  expect(faults({ ...manifest, composeExtensions: [broken] })).not.toEqual([]);
  expect(faults({ ...manifest, unheardOf: true })).not.toEqual([]);
});

test('everything that the template leaves open is filled, from the configuration', () => {
  const { text, manifest, files, said } = made({
    APP_NAME: 'Keys "R" Us \\ ${CLIENT_ID}',
    APP_DEVELOPER: 'Northwind',
    APP_PRIVACY_URL: 'https://northwind.example/privacy',
  });
  expect(manifest).toMatchObject({
    id: clientId,
    name: { short: 'Keys "R" Us \\ ${CLIENT_ID}' },
    developer: {
      name: 'Northwind',
      websiteUrl: 'https://onboard.example.com',
      privacyUrl: 'https://northwind.example/privacy',
      termsOfUseUrl: 'https://onboard.example.com',
    },
    bots: [{ botId: clientId }],
    validDomains: ['onboard.example.com'],
    // Without this Graph may not install the app for anybody.
    webApplicationInfo: { id: clientId, resource: `api://onboard.example.com/${clientId}` },
  });
  expect(text.replaceAll('Us \\\\ ${CLIENT_ID}', '')).not.toContain('${');
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
  expect(said).toContain('SHA-256');
  expect(faults(manifest)).toEqual([]);
});

test('an update carries the version that was asked for', () => {
  expect(made({}, { appVersion: '1.4.0' }).manifest.version).toBe('1.4.0');
  expect(faults(made({}, { appVersion: '1.4.0' }).manifest)).toEqual([]);
});

test.each<[string, NodeJS.ProcessEnv, readonly string[]]>([
  ['nothing', { CLIENT_ID: '', PUBLIC_URL: undefined }, ['CLIENT_ID', 'PUBLIC_URL']],
  ['an id that is none', { CLIENT_ID: 'onboard' }, ['CLIENT_ID']],
  ['plain http', { PUBLIC_URL: 'http://onboard.example.com' }, ['PUBLIC_URL']],
  ['an address in place of a name', { PUBLIC_URL: 'https://10.0.0.5' }, ['PUBLIC_URL']],
  ['a name that only this machine knows', { PUBLIC_URL: 'https://localhost' }, ['PUBLIC_URL']],
  ['a wildcard', { PUBLIC_URL: 'https://*.example.com' }, ['PUBLIC_URL']],
  ['a name that Teams would cut', { APP_NAME: 'x'.repeat(31) }, ['APP_NAME']],
  [
    'everything wrong at once',
    { CLIENT_ID: 'x', APP_DEVELOPER: 'y'.repeat(33), APP_TERMS_URL: 'ftp://x' },
    ['CLIENT_ID', 'APP_DEVELOPER', 'APP_TERMS_URL'],
  ],
])('with %s it says what to do, and writes nothing', (_what, wrong, keys) => {
  const out = join(dir, 'never.zip');
  const silent = { result: () => undefined, remark: () => undefined };
  let thrown: unknown;
  try {
    makePackage({ ...env, ...wrong }, silent, { out });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ConfigError);
  expect((thrown as ConfigError).problems.map(({ key }) => key).sort()).toEqual([...keys].sort());
  expect(existsSync(out)).toBe(false);
});

describe('the command', () => {
  let onboard: string;
  beforeAll(() => {
    onboard = join(dirname(playgroundBundle()), 'onboard.cjs');
  }, 180_000);

  test('gives the same bytes in three time zones', () => {
    const hashes = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map((zone, index) => {
      const out = join(dir, `zone-${index}.zip`);
      execFileSync(process.execPath, [onboard, '--no-config', 'package', '--out', out], {
        env: { ...env, TZ: zone, PATH: process.env.PATH },
        stdio: 'pipe',
      });
      return sha(readFileSync(out));
    });
    expect(new Set(hashes).size).toBe(1);
    expect(sha(made().bytes)).toBe(hashes[0]);
  });

  test('ends with 2 and all that is missing, and explains itself', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [onboard, '--no-config', 'package', ...args], {
        env: { PATH: process.env.PATH },
        encoding: 'utf8',
      });
    const bare = run();
    expect(bare.status).toBe(2);
    expect(bare.stderr).toMatch(/CLIENT_ID is missing[\s\S]*PUBLIC_URL is missing/);
    expect(run('--app-version', 'new').status).toBe(2);
    expect(run('--help').stdout).toMatch(/PUBLIC_URL[\s\S]*same bytes/);
  });
});
