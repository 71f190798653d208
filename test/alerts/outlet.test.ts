import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toAlert } from '../../bot/alerts/alert';
import { ConfigError } from '../../bot/config';
import { createOutlet, readWebhook } from '../../bot/main/outlet';

const directory = mkdtempSync(join(tmpdir(), 'onboard-outlet-'));
const keyFile = join(directory, 'key');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const read = (text: string, mode = 0o600) => {
  writeFileSync(keyFile, text);
  chmodSync(keyFile, mode);
  return readWebhook({ url: 'https://alerts.example.com', keyFile });
};

test('the key is read at the start, and what is wrong with it is said', () => {
  expect(read(`${'0f'.repeat(32)}\n`)).toEqual({ url: 'https://alerts.example.com', key: Buffer.alloc(32, 0x0f) });
  expect(() => read('not a key')).toThrow(/64 hexadecimal digits/);
  expect(() => read('0f'.repeat(31))).toThrow(ConfigError);
  expect(() => read(`${'0f'.repeat(32)}0`)).toThrow(ConfigError);
  expect(() => read('0f'.repeat(32), 0o644)).toThrow(/chmod 600/);
  expect(() => readWebhook({ url: 'https://x.example', keyFile: join(directory, 'none') })).toThrow(/ENOENT/);
  expect(readWebhook(undefined)).toBeUndefined();
});

test('without a webhook an alert is counted, and stopping waits for nothing', async () => {
  const counted: string[] = [];
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const outlet = createOutlet(
    undefined,
    { alert: (code) => void counted.push(code), alertLost: () => void counted.push('lost') },
    silent,
  );
  outlet.raise(toAlert('sweep-late', { event: 'sweep-late' }, 0));
  await outlet.stop();
  expect(counted).toEqual(['sweep-late']);
});
