import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';

export interface LauncherOptions {
  readonly scenario: 'everyone' | 'admins';
  /** A folder of exports whose policies replace those of the scenario. */
  readonly tenant?: string;
  /** 0: any free one. */
  readonly port: number;
  readonly productPort: number;
  readonly dataDir: string;
  readonly keep: boolean;
  readonly product: boolean;
  readonly quiet: boolean;
  /** How many of the product: more than one needs DATABASE_URL among what is set. */
  readonly instances: number;
  /** How many more people there are in the tenant. */
  readonly crowd: number;
  /** Keys of those of whom the product hears that they have the app; of everybody where not given. */
  readonly news?: readonly string[];
  /** Ends with whoever started it: for scripts that may be killed. */
  readonly untilStdinCloses: boolean;
  /** Configuration of the product on top of what the tenant needs, for tests that are in a hurry. */
  readonly set: Readonly<Record<string, string>>;
}

/** A reason not to start, in one sentence for the person at the terminal. */
export class CannotStart extends Error {}

const port = (text: string): number => {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('must be a port, 0 to 65535.');
  return number;
};

const count = (text: string): number => {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('must be a number.');
  return Number(text);
};

const setting = (text: string, before: Readonly<Record<string, string>>): Record<string, string> => {
  const [, key, value] = /^([A-Z_]+)=(.*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError('must be KEY=VALUE.');
  return { ...before, [key]: value };
};

/** Reads the command line; prints help and ends by itself where that was asked for. */
export function readOptions(argv: readonly string[]): LauncherOptions {
  const command = new Command('playground')
    .description(
      'Runs Onboard against a local Entra tenant and a local Teams, all on this machine. Open the printed URL in a browser.',
    )
    .addOption(
      new Option('--scenario <name>', 'everyone: phishing-resistant for all; admins: for privileged roles')
        .choices(['everyone', 'admins'])
        .default('everyone'),
    )
    .option('--tenant <dir>', 'a folder of exported JSON, whose policies replace those of the scenario')
    .option('--port <port>', 'where the playground listens; 0 takes any free one', port, 4100)
    .option('--product-port <port>', 'where the product listens; 0 takes any free one', port, 3978)
    .option('--data-dir <dir>', 'files of the product (default: ./.playground/<scenario>)')
    .option('--keep', 'do not wipe the data directory at start', false)
    .option('--no-product', 'do not start the product; start it later through /control/product')
    .option('--quiet', 'print the URL and problems, nothing else', false)
    .addOption(new Option('--until-stdin-closes').hideHelp().default(false))
    .addOption(new Option('--instances <count>').hideHelp().argParser(count).default(1))
    .addOption(new Option('--crowd <count>').hideHelp().argParser(count).default(0))
    .addOption(new Option('--news <keys>').hideHelp().argParser((text: string) => text.split(',')))
    .addOption(new Option('--set <KEY=VALUE>').hideHelp().argParser(setting).default({}))
    .allowExcessArguments(false);
  command.parse([...argv]);
  const given = command.opts<Omit<LauncherOptions, 'dataDir'> & { dataDir?: string }>();
  return { ...given, dataDir: given.dataDir ?? join('.playground', given.scenario) };
}

/** What names a real tenant. With one of these set, somebody is about to point the wrong program at it. */
const TENANT_KEYS = [
  'TENANT_ID',
  'CLIENT_ID',
  'CLIENT_SECRET',
  'CLIENT_CERTIFICATE_PATH',
  'MANAGED_IDENTITY',
  'FEDERATED_TOKEN_FILE',
  'HELPDESK_GROUP_ID',
  'ONBOARDING_GROUP_ID',
  'GUARD_POLICY_ID',
  'DATABASE_URL',
];

/** Throws CannotStart where a playground has no business. */
export function refuseRealPlaces(env: NodeJS.ProcessEnv): void {
  if (env.NODE_ENV === 'production') {
    throw new CannotStart('The playground does not run with NODE_ENV=production. To run the product: onboard start.');
  }
  const found = TENANT_KEYS.filter((key) => env[key]?.trim());
  if (found.length > 0) {
    throw new CannotStart(
      `The playground does not run with the configuration of a tenant: ${found.join(', ')} ${found.length > 1 ? 'are' : 'is'} set. Unset ${found.length > 1 ? 'them' : 'it'}, or run the product: onboard start.`,
    );
  }
}
