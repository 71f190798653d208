import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = __dirname;
const document = readFileSync(join(here, '../../docs/threat-model.md'), 'utf8');
const rows = [...document.matchAll(/\| \[([^\]]+)\]\(\.\.\/test\/abuse\/([\w-]+\.test\.ts)\) \|$/gm)].map(
  ([, name, file]) => ({ name, file }),
);
const tests = readdirSync(here)
  .filter((file) => file.endsWith('.test.ts') && file !== 'listed.test.ts')
  .flatMap((file) =>
    [...readFileSync(join(here, file), 'utf8').matchAll(/^test\('([^']+)'/gm)].map(([, name]) => ({ name, file })),
  );

test('every row of the threat model is a test of that name in that file', () => {
  expect(rows).toHaveLength(30);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(30);
  expect(rows.filter((row) => !tests.some(({ name, file }) => name === row.name && file === row.file))).toEqual([]);
});

test('every abuse that is tried is in the threat model, but for the one that only adds to another', () => {
  const more = tests.filter(({ name }) => !rows.some((row) => row.name === name)).map(({ name }) => name);
  expect(more).toEqual(['who stands by while it is open gets nothing, changes nothing, and breaks no promise']);
});
