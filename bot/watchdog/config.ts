import { resolve } from 'node:path';
import { CLOUDS } from '../config/clouds';
import { ConfigError } from '../config/config-error';
import { type CredentialConfig, credentialOf } from '../config/credential';
import { watchdogKeys } from '../config/keys';
import { isLoopback } from '../config/loopback';
import { freeze, parse, webhookOf, withoutEmpty } from '../config/read-keys';
import { credential, type Problem, type Raw, webhook } from '../config/rules';

/** The watchdog's own configuration. Durations are milliseconds. */
export interface WatchdogConfig {
  readonly healthUrls: readonly string[];
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: CredentialConfig;
  readonly authorityHost: string;
  readonly graphBaseUrl: string;
  readonly onboardingGroupId: string;
  readonly silence: number;
  readonly poll: number;
  readonly mostMembers: number;
  /** Absolute path. */
  readonly stateFile: string;
  readonly logLevel: string;
  readonly rehearsalClockFile?: string;
  readonly alertWebhook?: { readonly url: string; readonly keyFile: string };
}

const required: Readonly<Record<string, string>> = {
  WATCHDOG_HEALTH_URL: 'is missing: where the product says that it is well, like https://onboard.example.com/healthz.',
  TENANT_ID: 'is missing: the directory (tenant) id. Entra admin center > Overview.',
  CLIENT_ID: "is missing: the application (client) id of the watchdog's own app registration.",
  ONBOARDING_GROUP_ID: 'is missing: the object id of the group that is emptied when the product is silent.',
};

/** Throws ConfigError that names everything wrong at once. */
export function readWatchdogConfig(env: NodeJS.ProcessEnv): WatchdogConfig {
  const raw = withoutEmpty(env);
  const problems: Problem[] = [
    ...Object.entries(required)
      .filter(([key]) => raw[key] === undefined)
      .map(([key, todo]) => ({ key, todo })),
    ...credential(raw),
    ...rehearsal(raw),
    ...webhook(raw),
  ];
  const keys = parse(watchdogKeys, raw, problems);
  const proof = keys && credentialOf(keys);
  const { WATCHDOG_HEALTH_URL: healthUrls, TENANT_ID, CLIENT_ID, ONBOARDING_GROUP_ID } = keys ?? {};
  if (problems.length > 0 || !keys || !proof || !healthUrls || !TENANT_ID || !CLIENT_ID || !ONBOARDING_GROUP_ID)
    throw new ConfigError(problems);
  return freeze({
    healthUrls,
    tenantId: TENANT_ID,
    clientId: CLIENT_ID,
    credential: proof,
    authorityHost: keys.AUTHORITY_HOST ?? CLOUDS[keys.AZURE_CLOUD].authorityHost,
    graphBaseUrl: keys.GRAPH_BASE_URL ?? CLOUDS[keys.AZURE_CLOUD].graphBaseUrl,
    onboardingGroupId: ONBOARDING_GROUP_ID,
    silence: keys.WATCHDOG_SILENCE_MINUTES * 60_000,
    poll: keys.WATCHDOG_POLL_SECONDS * 1_000,
    mostMembers: keys.WATCHDOG_MOST_MEMBERS,
    stateFile: resolve(keys.WATCHDOG_STATE_FILE),
    logLevel: keys.LOG_LEVEL,
    ...webhookOf(keys),
    ...(keys.REHEARSAL_CLOCK_FILE ? { rehearsalClockFile: resolve(keys.REHEARSAL_CLOCK_FILE) } : {}),
  });
}

/** A clock that can be moved would empty the group early: only where no real tenant can be meant. */
function rehearsal(raw: Raw): Problem[] {
  if (raw.REHEARSAL_CLOCK_FILE === undefined) return [];
  const sides = [raw.GRAPH_BASE_URL, raw.AUTHORITY_HOST, raw.WATCHDOG_HEALTH_URL];
  if (sides.every((side) => side !== undefined && URL.canParse(side) && isLoopback(new URL(side).hostname))) return [];
  return [
    {
      key: 'REHEARSAL_CLOCK_FILE',
      todo: 'is only for a rehearsal in which GRAPH_BASE_URL, AUTHORITY_HOST and WATCHDOG_HEALTH_URL are all on this machine. Remove it.',
    },
  ];
}
