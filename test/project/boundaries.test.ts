import { ruled, violations } from './boundaries';
import { files, read } from './sources';

const sources = files.filter((path) => ruled.test(path) && /\.tsx?$/.test(path));

test('no part knows what it must not know', () => {
  expect(sources.length).toBeGreaterThan(60);
  expect(sources.flatMap((path) => violations(path, read(path)))).toEqual([]);
});

test.each([
  ['bot/onboarding/x.ts', "import { sql } from 'kysely';", 'kysely'],
  ['bot/onboarding/x.ts', "import { Pass } from '../pass';", '/bot/pass'],
  ['bot/onboarding/x.ts', "import type { Store } from '../workflow/store-port';", 'types of /bot/workflow/store-port'],
  ['bot/workflow/x.ts', "import { render } from '../../cards/render';", '/cards/render'],
  ['bot/workflow/x.ts', "import { get } from 'node:http';", 'node:http'],
  [
    'bot/workflow/x.ts',
    "export { Client } from '@microsoft/microsoft-graph-client';",
    '@microsoft/microsoft-graph-client',
  ],
  ['bot/store/x.ts', "const x = await import('@azure/identity');", '@azure/identity'],
  ['bot/store/x.ts', "import { createWorkflow } from '../workflow/index';", '/bot/workflow/index'],
  ['bot/teams/x.ts', "import { createTenant } from '../../graph/index';", '/graph/index'],
  ['bot/teams/x.ts', "const kysely = require('kysely');", 'kysely'],
  ['cards/x.ts', "import { nameOf } from '../bot/onboarding/person';", '/bot/onboarding/person'],
  ['cards/x.ts', "type P = import('../bot/pass').Pass;", 'types of /bot/pass'],
  ['graph/x.ts', "import 'botbuilder';", 'botbuilder'],
  ['graph/x.ts', "export * from '../bot/teams/index';", '/bot/teams/index'],
  ['playground/x.ts', "import type { Tenant } from '../bot/workflow/tenant';", 'types of /bot/workflow/tenant'],
  ['playground/x.ts', "import { importsOf } from '../test/project/imports';", '/test/project/imports'],
  ['playground/x.tsx', "const x = <p>{await import('../bot/pass')}</p>;", '/bot/pass'],
  ['bot/server.ts', "import x = require('botbuilder');", 'botbuilder'],
  ['bot/cli/x.ts', 'const x = await import(`./${"y"}`);', '(computed)'],
  ['test/promises/x.ts', "import { reference } from '../../bot/onboarding/onboarding';", '/bot/onboarding/onboarding'],
])('a violation planted in %s is found: %s', (path, source, found) => {
  expect(violations(path, source)).toEqual([`${path} imports ${found}`]);
});

test.each([
  ['bot/onboarding/x.ts', "import { a } from './person'; import type { Pass } from '../pass';"],
  ['cards/x.ts', "import { type Person, type PersonId } from '../bot/onboarding/person';"],
  ['graph/x.ts', "import { TenantError } from '../bot/workflow/tenant'; // import 'botbuilder'"],
  ['bot/teams/x.ts', "import { Application } from '@microsoft/teams-ai/lib/Application';"],
])('what is allowed in %s is not complained about: %s', (path, source) => {
  expect(violations(path, source)).toEqual([]);
});

test('a file outside every part is found', () => {
  expect(violations('bot/helpers/x.ts', '')).toEqual(['bot/helpers/x.ts belongs to no part that has a rule']);
});
