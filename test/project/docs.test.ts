import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../bot/cli/exit-codes';
import { createProgram } from '../../bot/cli/program';
import { files, read, root } from './sources';

const documents = files.filter((path) => path.endsWith('.md'));
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
const program = createProgram({
  env: {},
  output: { result: () => undefined, remark: () => undefined },
  loadFile: () => undefined,
  ended: () => undefined,
});
const commands = program.commands.flatMap((command) => [
  command.name(),
  ...command.commands.map((sub) => `${command.name()} ${sub.name()}`),
]);

/** What is wrong with one document: commands that do not exist, links that lead nowhere. */
function faults(path: string, text: string): string[] {
  const wrong: string[] = [];
  for (const [, script] of text.matchAll(/\bnpm run ([\w:-]+)/g))
    if (!scripts.includes(script ?? '')) wrong.push(`${path}: npm run ${script}`);
  for (const [, script] of text.matchAll(/\bnpm (start|test)\b/g))
    if (!scripts.includes(script ?? '')) wrong.push(`${path}: npm ${script}`);
  for (const [, words = ''] of text.matchAll(/(?:`|npx |onboard\.cjs )onboard ((?:[a-z]+ ?){1,2})/g)) {
    const [first = '', second = ''] = words.trim().split(' ');
    const parent = program.commands.find((command) => command.name() === first);
    if (!parent) wrong.push(`${path}: onboard ${first}`);
    else if (parent.commands.length > 0 && !commands.includes(`${first} ${second}`))
      wrong.push(`${path}: onboard ${first} ${second}`);
  }
  for (const [, option = ''] of text.matchAll(/`onboard [^`]*?(--[a-z-]+)/g)) {
    const known = program.commands
      .flatMap((command) => [command, ...command.commands])
      .flatMap(({ options }) => options);
    if (![...known, ...program.options].some(({ long }) => long === option)) wrong.push(`${path}: ${option}`);
  }
  for (const [, link = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g))
    if (!/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(path), link))) wrong.push(`${path}: ${link}`);
  return wrong;
}

test('what the documents tell to type or to open exists', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/running.md', 'docs/architecture.md']));
  expect(documents.flatMap((path) => faults(path, read(path)))).toEqual([]);
});

test('the check finds what it is for', () => {
  const text =
    'See [this](docs/nowhere.md) and `npm run fly`; `onboard dance`, `onboard ledger burn`, `onboard stop --some`.';
  expect(faults('x.md', text)).toEqual([
    'x.md: npm run fly',
    'x.md: onboard dance',
    'x.md: onboard ledger burn',
    'x.md: --some',
    'x.md: docs/nowhere.md',
  ]);
});

test('every command and every exit code is documented', () => {
  const running = read('docs/running.md');
  const leaves = program.commands.flatMap((command) =>
    command.commands.length > 0 ? command.commands.map((sub) => `${command.name()} ${sub.name()}`) : [command.name()],
  );
  expect(leaves.filter((name) => !running.includes(`onboard ${name}`))).toEqual([]);
  for (const code of Object.values(EXIT)) expect(running).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
});
