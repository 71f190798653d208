import { homedir } from 'node:os';
import { files, read, root } from './sources';

const text = files.filter((path) => !/\.(png|ico)$|^package-lock\.json$/.test(path));

/** Put together here, so that this file does not contain what it looks for. */
const word = (...parts: string[]) => parts.join('');

interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  readonly planted: string;
  readonly where?: RegExp;
}

const escaped = (path: string) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const bans: readonly Ban[] = [
  {
    what: 'open ends',
    pattern: new RegExp(`\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('XX', 'X')})\\b`),
    planted: `// ${word('TO', 'DO')}: later`,
  },
  {
    what: 'tests left out or alone',
    pattern: new RegExp(
      `\\b(test|it|describe)\\.(${word('sk', 'ip')}|${word('on', 'ly')}|${word('to', 'do')})\\b|\\bx(it|test|describe)\\(`,
    ),
    planted: `test.${word('on', 'ly')}('x')`,
  },
  {
    what: 'paths of the machine it was made on',
    pattern: new RegExp(
      `/${word('wo', 'rk')}/|/tmp/${word('bri', 'efs')}|${escaped(root)}|${homedir() === '/root' ? '/root/\\.' : escaped(homedir())}`,
    ),
    planted: `see /${word('wo', 'rk')}/shared`,
  },
  {
    what: 'names of working papers',
    pattern: new RegExp(
      `\\b(${['graph', 'entra', 'teams', 'deps', 'field', 'style'].join('|')})\\.${word('m', 'd')}\\b|\\b${word('DES', 'IGN')}\\b`,
    ),
    planted: `// ${word('DES', 'IGN')} 3.1`,
  },
  {
    what: 'writing to the console',
    pattern: /\bconsole\.(log|error|warn|info|debug)\(/,
    planted: `${word('con', 'sole')}.log(1)`,
    where: /^(bot|cards|graph)\//,
  },
  {
    what: 'pictures in place of words',
    pattern: /[\u{1F300}-\u{1FAFF}\u2705\u274C\u26A0\u2728]/u,
    where: /^(?!test\/)/,
    planted: '\u2705 done',
  },
];

test.each(bans)('no $what', ({ pattern, planted, where }) => {
  expect(planted).toMatch(pattern);
  const hits = text
    .filter((path) => !where || where.test(path))
    .flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 100)}`] : [])),
    );
  expect(hits).toEqual([]);
});

test('a pass is revealed in one place', () => {
  const call = /\.reveal\(\)/;
  expect('card(pass.reveal())').toMatch(call);
  const sites = files
    .filter((path) => /^(bot|cards|graph)\/.*\.ts$/.test(path))
    .flatMap((path) =>
      read(path)
        .split('\n')
        .filter((line) => call.test(line) && !/^\s*(\*|\/\/)/.test(line))
        .map(() => path),
    );
  expect(sites).toEqual([expect.stringMatching(/^bot\/teams\//)]);
});
