import { importsOf, target } from './imports';

/**
 * Who may know whom. `/x` is our own folder or file x with what is below it, anything else a package; `type ` before a
 * name allows its types only. What is not listed may not be imported. The first rule whose part matches counts.
 */
const rules: readonly { readonly part: string; readonly may: readonly string[] }[] = [
  { part: 'bot/onboarding', may: ['type /bot/pass'] },
  { part: 'bot/workflow', may: ['/bot/onboarding', 'type /bot/clock', 'type /bot/pass', 'node:crypto'] },
  {
    part: 'bot/store',
    may: [
      '/bot/onboarding',
      'type /bot/workflow',
      'type /bot/clock',
      'kysely',
      'pg',
      '@photostructure/sqlite',
      'node:crypto',
      'node:fs',
      'node:module',
      'node:net',
      'node:os',
      'node:path',
      'node:sqlite',
      'node:timers',
    ],
  },
  {
    part: 'bot/teams',
    may: [
      '/bot/onboarding',
      '/bot/guide/qr',
      '/cards',
      'type /bot/workflow',
      'type /bot/clock',
      'type /bot/log',
      'type /bot/pass',
      'type /bot/server',
      'botbuilder',
      'botbuilder-core',
      'botframework-connector',
      'botframework-schema',
      '@microsoft/teams-ai',
      'zod',
      'node:crypto',
    ],
  },
  // `reference` is how people name an onboarding; everything else of ours is only a shape to a card.
  {
    part: 'cards',
    may: [
      '/bot/onboarding/onboarding',
      'type /bot/onboarding',
      'adaptivecards-templating',
      'adaptive-expressions',
      'i18next',
      // For AsyncLocalStorage alone: in which language the call at hand draws.
      'node:async_hooks',
    ],
  },
  {
    part: 'graph',
    may: [
      'type /bot/onboarding',
      '/bot/workflow/tenant',
      '/bot/pass',
      '/bot/clock',
      'type /bot/log',
      '@microsoft/microsoft-graph-client',
      '@azure/identity',
      'node:',
    ],
  },
  // The story ends with the judge's verdict; the rest of the playground does not know that it is judged.
  { part: 'playground/story', may: ['/playground', '/test/promises', '/test/hunt', 'commander', 'node:'] },
  {
    part: 'playground',
    may: [
      '@peculiar/x509',
      '@simplewebauthn/server',
      'adaptivecards',
      'commander',
      'jsonwebtoken',
      'preact',
      'undici',
      'node:',
    ],
  },
  { part: 'bot/config', may: ['/bot/onboarding/policy', 'zod', 'node:'] },
  // Nobody's case goes in here: what comes next for somebody is one of four words.
  {
    part: 'bot/guide',
    may: [
      '/cards/strings',
      '/cards/stuck-catalogue',
      '/bot/onboarding/next-step',
      'type /bot/onboarding/routes',
      '/bot/server/read-json',
      'qrcode',
      'node:crypto',
      'node:http',
      'node:net',
      'node:timers',
      'node:zlib',
    ],
  },
  { part: 'bot/server', may: ['type /bot/guide', 'type /bot/log', 'pino', 'restify', 'node:crypto', 'node:http'] },
  { part: 'bot/log', may: ['pino'] },
  { part: 'bot/pass', may: ['node:util'] },
  { part: 'bot/clock', may: [] },
  { part: 'bot/rehearsal-clock', may: ['/bot/clock', 'node:fs'] },
  // On a host of its own: neither the store nor Teams, nor what pulls them in.
  {
    part: 'bot/watchdog',
    may: [
      '/bot/config',
      'type /bot/clock',
      'type /bot/workflow/context',
      '/bot/workflow/tenant',
      'node:fs',
      'node:path',
    ],
  },
  // Watches, and is told of nothing but codes, counts and ids.
  {
    part: 'bot/alerts',
    may: ['/bot/onboarding', 'type /bot/workflow', 'type /bot/clock', 'type /bot/log', 'prom-client', 'node:crypto'],
  },
  { part: 'bot/main', may: ['/bot', '/graph', '/cards/strings', 'node:'] },
  { part: 'bot/cli', may: ['/bot', '/graph', 'commander', 'fflate', 'node:'] },
  // The judge of the promises knows the records of the other side, and nothing of the product.
  { part: 'test/hunt', may: ['node:'] },
  { part: 'test/promises', may: ['/playground', '/test/hunt', 'fast-check', 'node:'] },
];

/** Parts that have a rule for every file. */
export const ruled = /^(bot|cards|graph|playground|test\/promises|test\/hunt)\//;

function covers(part: string, path: string): boolean {
  return path === part || path.startsWith(`${part}/`) || path.startsWith(`${part}.`);
}

/** What is wrong with the imports of one file, as sentences. */
export function violations(file: string, source: string): string[] {
  const rule = rules.find(({ part }) => covers(part, file));
  if (!rule) return [`${file} belongs to no part that has a rule`];
  return importsOf(source, file.endsWith('.tsx')).flatMap(({ name, typeOnly }) => {
    const wanted = target(file, name);
    const allowed = [`/${rule.part}`, ...rule.may].some((entry) => {
      const onlyTypes = entry.startsWith('type ');
      const allows = onlyTypes ? entry.slice(5) : entry;
      const matches = allows === 'node:' ? wanted.startsWith('node:') : covers(allows, wanted);
      return matches && (typeOnly || !onlyTypes);
    });
    return allowed ? [] : [`${file} imports ${typeOnly ? 'types of ' : ''}${wanted}`];
  });
}
