import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const docs = readFileSync(join(root, 'docs', 'playground.md'), 'utf8');
const source = readdirSync(join(root, 'playground', 'tenant'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(root, 'playground', 'tenant', name), 'utf8'))
  .join('\n');

const names = (pattern: RegExp): string[] => [...new Set([...source.matchAll(pattern)].map((one) => one[1] ?? ''))];

describe('docs/playground.md', () => {
  test.each([
    ['page', names(/\bpage: '([a-z-]+)'/g), 20],
    ['button', names(/\bid: '([a-z-]+)',\s+label:/g), 20],
  ])('names every %s of the devices', (_what, ids, atLeast) => {
    expect(ids.length).toBeGreaterThan(atLeast);
    expect(ids.filter((id) => !docs.includes(`\`${id}\``))).toEqual([]);
  });
});
