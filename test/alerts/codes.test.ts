import { ALERT_CODES } from '../../bot/alerts/codes';
import { files, read } from '../project/sources';

const sources = files.filter((path) => /^(bot|graph)\/.*\.ts$/.test(path) && path !== 'bot/alerts/codes.ts');
const codes = new Set<string>(ALERT_CODES);

/** Codes of the lines that are written at level error or worse. */
function errorEvents(source: string): string[] {
  return [...source.matchAll(/\.(?:error|fatal)\(\s*\{\s*event:\s*'([a-z-]+)'/g)].map(([, code = '']) => code);
}

test('every line at level error is an alert, and every alert is raised somewhere', () => {
  const raised = sources.flatMap((path) => errorEvents(read(path)));
  expect(raised.length).toBeGreaterThan(15);
  expect([...new Set(raised)].filter((code) => !codes.has(code))).toEqual([]);
  const all = sources.map(read).join('\n');
  expect(ALERT_CODES.filter((code) => !all.includes(`'${code}'`))).toEqual([]);
});

test('the document lists every code once, and no other', () => {
  const chapter = /^## Alerts$([\s\S]*?)^## /m.exec(read('docs/running.md'))?.[1] ?? '';
  const listed = chapter
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code));
  expect([...listed].sort()).toEqual([...ALERT_CODES].sort());
  for (const line of chapter.split('\n').filter((one) => /^\| `/.test(one))) expect(line.split('|')).toHaveLength(5);
});

test('the check finds an error without a code in the table', () => {
  expect(errorEvents("log.error({\n  event: 'brand-new',\n  x })")).toEqual(['brand-new']);
});
