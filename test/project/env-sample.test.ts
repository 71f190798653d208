import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../bot/config';
import { appPackageKeys } from '../../bot/config/app-package';
import { allKeys, watchdogKeys } from '../../bot/config/keys';
import { complete } from '../config/complete';

const sample = readFileSync(join(__dirname, '../../.env.sample'), 'utf8');
const lines = sample.split('\n');
const assignment = /^#?([A-Z][A-Z_]*)=(.*)$/;
const documented = lines.flatMap((line) => assignment.exec(line)?.[1] ?? []);

test('.env.sample names every key that is read, once, and no other', () => {
  expect([...documented].sort()).toEqual(
    Object.keys({ ...allKeys.shape, ...appPackageKeys.shape, ...watchdogKeys.shape }).sort(),
  );
});

test('every key is explained by a comment above it or above its group', () => {
  for (const [index, line] of lines.entries()) {
    if (!assignment.test(line)) continue;
    const above = lines
      .slice(0, index)
      .reverse()
      .find((candidate) => !assignment.test(candidate));
    expect({ line, above }).toEqual({ line, above: expect.stringMatching(/^# .{15,}/) });
  }
});

test('the values that are shown commented out are the defaults', () => {
  const shown = Object.fromEntries(
    lines.flatMap((line) => {
      const [, key, value] = assignment.exec(line) ?? [];
      return line.startsWith('#') && key && value ? [[key, value]] : [];
    }),
  );
  expect(Object.keys(shown).length).toBeGreaterThan(15);
  expect(readConfig({ ...complete, ...shown })).toEqual(readConfig(complete));
});
