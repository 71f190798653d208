import { Command, InvalidArgumentError, Option } from 'commander';
import type { DoctorOptions } from './commands/doctor';
import { CliError, EXIT } from './exit-codes';
import type { Output } from './output';

export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly output: Output;
  /** Loads a configuration file into `env`; `named` when it was asked for and so must exist. */
  readonly loadFile: (path: string, named: boolean) => void;
  readonly ended: (exitCode: number) => void;
}

const whole = (min: number, max: number) => (text: string) => {
  if (!/^\d{1,9}$/.test(text) || Number(text) < min || Number(text) > max)
    throw new InvalidArgumentError(`A whole number from ${min} to ${max}.`);
  return Number(text);
};

const several = (text: string, before: readonly string[] | undefined) => [...(before ?? []), text];

const versionOfApp = (text: string) => {
  if (!/^(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){2}$/.test(text)) throw new InvalidArgumentError('Like 1.4.0.');
  return text;
};

/** The command line. Commands are loaded when they are run, so that `--help` does not wait for any of them. */
export function createProgram({ env, output, loadFile, ended }: ProgramOptions): Command {
  const program = new Command('onboard')
    .description('Passkey onboarding for Microsoft Entra ID, run from a Teams chat.')
    .option('--config <file>', 'file with the configuration (.env where it exists)')
    .option('--no-config', 'take the configuration from the environment only')
    .showHelpAfterError('(onboard --help shows what there is)')
    .exitOverride()
    .hook('preAction', () => {
      const { config } = program.opts<{ config?: string | boolean }>();
      if (config !== false) loadFile(typeof config === 'string' ? config : '.env', typeof config === 'string');
    });

  program
    .command('start')
    .description('run an instance until Ctrl-C or a signal ends it')
    .action(async () => ended(await (await import('./commands/start')).start(env)));

  program
    .command('list')
    .description('the newest onboardings, and who is in the group')
    .option('--limit <count>', 'how many', whole(1, 10_000), 20)
    .option('--json', 'JSON Lines', false)
    .action(async (options: { limit: number; json: boolean }) =>
      (await import('./commands/list')).list(env, output, options),
    );

  program
    .command('show')
    .description('one onboarding with its part of the ledger')
    .argument('<onboarding>', 'ONB-42')
    .option('--json', 'JSON', false)
    .action(async (which: string, options: { json: boolean }) =>
      (await import('./commands/show')).show(env, output, which, options),
    );

  program
    .command('stop')
    .description('end an onboarding now, and wait until the person is out of the group')
    .argument('[onboarding]', 'ONB-42')
    .option('--all', 'every onboarding that is not closed', false)
    .option('--wait <seconds>', 'how long to wait for the group to be read', whole(0, 3_600), 60)
    .action(async (which: string | undefined, options: { all: boolean; wait: number }) => {
      if (options.all === (which !== undefined))
        throw new CliError('Say which onboarding to stop, like ONB-42, or --all.', EXIT.usage);
      ended(await (await import('./commands/stop')).stop(env, output, which ?? 'all', options.wait));
    });

  program
    .command('sweep')
    .description('compare the group with the open windows, once, now')
    .action(async () => ended(await (await import('./commands/sweep')).sweep(env, output)));

  program
    .command('pause')
    .description('no new windows; exits go on')
    .action(async () => (await import('./commands/pause')).setPaused(env, output, true));

  program
    .command('resume')
    .description('windows again')
    .action(async () => (await import('./commands/pause')).setPaused(env, output, false));

  program
    .command('watchdog')
    .description('on another host: empties the group when the product has been silent for too long')
    .option('--once', 'look once and end, for a scheduler', false)
    .action(async ({ once }: { once: boolean }) =>
      ended(await (await import('./commands/watchdog')).watchdog(env, once)),
    );

  program
    .command('package')
    .description('make the app package for Teams from appPackage/ and the configuration')
    .option('--out <file>', 'where to write it', 'onboard-app.zip')
    .option('--app-version <x.y.z>', 'version of the app, higher than the one that is uploaded', versionOfApp)
    .addHelpText(
      'after',
      `
Reads CLIENT_ID and PUBLIC_URL, and where they are set APP_NAME, APP_DEVELOPER, APP_WEBSITE_URL, APP_PRIVACY_URL and
APP_TERMS_URL; nothing else has to be configured yet. The same configuration gives the same bytes.`,
    )
    .action(async (options: { out: string; appVersion?: string }) =>
      (await import('./commands/package')).makePackage(env, output, options),
    );

  program
    .command('doctor')
    .description('before the first request: would the policies of this tenant let anybody through?')
    .option('--policies <folder>', 'exported Conditional Access policies, as JSON; needs no permission at all')
    .option('--group <id>', 'object id of the onboarding group (ONBOARDING_GROUP_ID where it is set)')
    .option('--break-glass <id...>', 'object ids of the break-glass accounts', several)
    .option('--onboarding-policy <id>', 'the policy that lets the group register, if it is not found by its shape')
    .addOption(new Option('--json', 'for programs').default(false).conflicts('html'))
    .option('--html', 'a page for whoever changes the policies', false)
    .addHelpText(
      'after',
      `
Without --policies it reads the configured tenant, and changes nothing (Policy.Read.All; what it may not read it says).
With it: one policy a file or lists of them; from Graph, beta or PowerShell (ConvertTo-Json -Depth 10); UTF-8 or UTF-16.
Ends with 0 ready, 1 not ready, 2 could not tell.`,
    )
    .action(async (options: DoctorOptions) =>
      ended(await (await import('./commands/doctor')).doctor(env, output, options)),
    );

  const ledger = program.command('ledger').description('the record of every decision and change');
  ledger
    .command('verify')
    .description('check that nothing was changed, removed or rolled back')
    .option('--head <seq:mac>', 'a head from the log stream that the ledger must contain')
    .action(async ({ head }: { head?: string }) =>
      ended(await (await import('./commands/ledger')).verifyLedger(env, output, head)),
    );
  ledger
    .command('export')
    .description('every entry, oldest first')
    .addOption(new Option('--format <format>', 'JSON Lines or CSV').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--onboarding <onboarding>', 'only those of one, like ONB-42')
    .option('--texts', 'with names and comments, where they were not removed', false)
    .action(async (options: { format: 'jsonl' | 'csv'; onboarding?: string; texts: boolean }) =>
      (await import('./commands/ledger-export')).exportLedger(env, output, options),
    );
  ledger
    .command('prune')
    .description('remove names of what is over, and old entries, up to a date')
    .option('--before <date>', 'like 2026-01-31')
    .option('--keep-days <days>', 'everything older', whole(0, 36_500))
    .action(async (options: { before?: string; keepDays?: number }) =>
      ended(await (await import('./commands/ledger-retention')).pruneLedger(env, output, options)),
    );
  ledger
    .command('forget')
    .description('remove the names and comments of one onboarding that is over')
    .argument('<onboarding>', 'ONB-42')
    .action(async (which: string) =>
      (await import('./commands/ledger-retention')).forgetOnboarding(env, output, which),
    );

  const store = program.command('store').description('the database');
  store
    .command('backup')
    .description('copy the embedded database while it is in use')
    .argument('<file>', 'a file that does not exist yet')
    .action(async (file: string) => (await import('./commands/store')).backUpStore(env, output, file));
  store
    .command('restored')
    .description('say that the database was put back: the next start ends what it says is open')
    .action(async () => (await import('./commands/store')).markRestored(env, output));

  return program;
}
