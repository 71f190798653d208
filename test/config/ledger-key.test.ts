import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../bot/config';
import { readLedgerKey } from '../../bot/config/ledger-key';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'onboard-key-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('is made once, for its owner only, where there is no store yet', () => {
  const path = join(directory, 'new', 'ledger.key');
  const made = readLedgerKey(path, true);
  expect(made).toHaveLength(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readLedgerKey(path, true)).toEqual(made);
  expect(readLedgerKey(path, false)).toEqual(made);
});

test('is never made beside a store: the ledger in it was chained with another', () => {
  const path = join(directory, 'ledger.key');
  expect(() => readLedgerKey(path, false)).toThrow(/LEDGER_KEY_FILE .*does not exist.*put the key back/);
  expect(existsSync(path)).toBe(false);
});

test('is refused when everybody can read it', () => {
  const path = join(directory, 'ledger.key');
  readLedgerKey(path, true);
  chmodSync(path, 0o644);
  expect(() => readLedgerKey(path, false)).toThrow(ConfigError);
  chmodSync(path, 0o440);
  expect(readLedgerKey(path, false)).toHaveLength(32);
});

test.each(['', 'short', 'f'.repeat(63), `${'f'.repeat(64)}!`])('is refused when it is no key: "%s"', (text) => {
  const path = join(directory, 'ledger.key');
  writeFileSync(path, text, { mode: 0o600 });
  let message = '';
  try {
    readLedgerKey(path, true);
  } catch (error) {
    message = String(error);
  }
  expect(message).toMatch(/64 hexadecimal digits/);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
