import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEEDED_ROLES } from '../unkind/behaviours';

/** The document and the calls name the same permissions. */
const root = join(__dirname, '../..');
const PERMISSION =
  /\b(?:AuditLog|User|Group|GroupMember|RoleManagement|Policy|Privileged\w+|UserAuthMethod-\w+|TeamsAppInstallation)\.Read(?:Write)?\.\w+|\bUser\.RevokeSessions\.All/g;
const document = readFileSync(join(root, 'docs/permissions.md'), 'utf8');
const asked = new Set(
  readdirSync(join(root, 'graph'))
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => readFileSync(join(root, 'graph', name), 'utf8').match(PERMISSION) ?? []),
);

it('every permission that a call names is explained', () => {
  expect(asked.size).toBeGreaterThan(10);
  // Contained in GroupMember.ReadWrite.All, which the document asks for.
  asked.delete('GroupMember.Read.All');
  expect([...asked].filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});

it('every permission that is asked for is used', () => {
  const tables = document.split('## Not to be granted')[0] ?? '';
  const rows = tables.split('\n').filter((line) => line.startsWith('| `'));
  const promised = rows.flatMap((row) => row.split('|')[1]?.match(PERMISSION) ?? []);
  expect(promised.length).toBeGreaterThan(10);
  expect(promised.filter((name) => !asked.has(name))).toEqual([]);
});

it('what is taken away in turn by the unkind stories is what the document says is needed', () => {
  const first = (document.split('## Needed')[1] ?? '').split('## Where you want more')[0] ?? '';
  const needed = first.split('\n').flatMap((line) => /^\| `([\w.-]+)`/.exec(line)?.[1] ?? []);
  expect([...needed].sort()).toEqual([...NEEDED_ROLES].sort());
});
