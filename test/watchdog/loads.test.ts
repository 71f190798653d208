import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf, target } from '../project/imports';
import { root } from '../project/sources';

/** Every file and package that a module reaches, except through types and through what is imported only when needed. */
function reached(entry: string): Set<string> {
  const found = new Set<string>();
  const look = [entry];
  for (let file = look.pop(); file !== undefined; file = look.pop()) {
    for (const { name, typeOnly } of importsOf(readFileSync(join(root, file), 'utf8'))) {
      const wanted = target(file, name);
      if (typeOnly || found.has(wanted)) continue;
      found.add(wanted);
      if (!wanted.startsWith('/')) continue;
      const source = [`${wanted.slice(1)}.ts`, `${wanted.slice(1)}/index.ts`].find((path) =>
        existsSync(join(root, path)),
      );
      if (source) look.push(source);
    }
  }
  return found;
}

const forbidden =
  /^\/bot\/(store|teams|server|main\/(?!outlet)|main$)|^\/cards\b|^(botbuilder|botframework|@microsoft\/teams|kysely|pg|restify|@photostructure)/;

test('the watchdog loads neither the store nor Teams', () => {
  const all = [...reached('bot/cli/commands/watchdog.ts')];
  expect(all).toEqual(expect.arrayContaining(['/bot/watchdog/watchdog', '/graph/index', '@azure/identity']));
  expect(all.filter((path) => forbidden.test(path))).toEqual([]);
});

test('the check sees what other commands load', () => {
  expect([...reached('bot/cli/commands/stop.ts')].some((path) => forbidden.test(path))).toBe(true);
});
