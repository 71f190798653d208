import { join, resolve } from 'node:path';
import { CLOUDS } from './config/clouds';
import { ConfigError } from './config/config-error';
import { type CredentialConfig, credentialOf } from './config/credential';
import { allKeys, type Keys, type StoreKeys, storeKeys } from './config/keys';
import { freeze, parse, webhookOf, withoutEmpty } from './config/read-keys';
import { problemsTogether } from './config/rules';
import { HOUR, MINUTE, type Policy, policyDefaults } from './onboarding/policy';

export { ConfigError } from './config/config-error';

const DAY = 24 * HOUR;

export type { CredentialConfig } from './config/credential';

export interface StoreConfig {
  /** Absolute path; holds the SQLite file and its lock. */
  readonly dataDir: string;
  /** PostgreSQL instead of SQLite. */
  readonly databaseUrl?: string;
  /** Absolute path. */
  readonly ledgerKeyFile: string;
  /** Absolute path; where this host remembers how far the ledger had come. Absent: it does not, and notices no roll-back. */
  readonly headFile?: string;
  readonly logLevel: StoreKeys['LOG_LEVEL'];
}

/** The whole configuration, validated and deeply frozen. Durations are milliseconds. */
export interface Config extends StoreConfig {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: CredentialConfig;
  readonly authorityHost: string;
  readonly graphBaseUrl: string;
  /** Whose Azure Bot Service stands between the bot and Teams. */
  readonly channel: 'public' | 'government';
  /** The share of Graph's documented limits that this instance uses. */
  readonly graphBudgetPercent: number;
  readonly policy: Policy;
  readonly membership: 'direct' | 'pim';
  readonly guardPolicyId?: string;
  /** Where the watchdog runs, in the operator's words; only the doctor reads it. */
  readonly watchdogHost?: string;
  /** The app in the organisation's catalogue, which Onboard then installs for whoever has not got it. */
  readonly teamsAppId?: string;
  /** Whom the bot believes, when it is not Microsoft. Loopback only, checked. */
  readonly localTeams?: {
    readonly openIdMetadataUrl: string;
    readonly tokenIssuer: string;
    readonly serviceUrls: readonly string[];
  };
  /** A file whose milliseconds are added to the clock. Only where every other side is loopback, checked. */
  readonly rehearsalClockFile?: string;
  /** Messages and clicks that are looked at; what is beyond is refused before anything is done. */
  /** What a ticket looks like: a regular expression for one whole word. */
  readonly ticketPattern?: string;
  readonly floodLimits: { readonly perPersonPerMinute: number; readonly perSecond: number };
  /** How long names are kept after an onboarding ended. */
  readonly retention: number;
  /** The tag of the language for whoever has no other that is there. Checked at the start, with the languages. */
  readonly language: string;
  /** Absolute path of a folder with more languages. */
  readonly languagesDir?: string;
  readonly sweepEvery: number;
  readonly pollEvery: number;
  readonly pollSlowEvery: number;
  readonly host: string;
  readonly port: number;
  /** Where people reach the guide page from outside, without a slash at its end. */
  readonly guideUrl?: string;
  /** Whoever shows it may read /metrics; without one only this machine may. */
  readonly metricsToken?: string;
  readonly alertWebhook?: { readonly url: string; readonly keyFile: string };
}

/** The whole configuration from an environment. Throws ConfigError that names everything wrong at once. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const raw = withoutEmpty(env);
  const problems = [...problemsTogether(raw)];
  const keys = parse(allKeys, raw, problems);
  const credential = keys && credentialOf(keys);
  const { TENANT_ID: tenantId, CLIENT_ID: clientId } = keys ?? {};
  const policy = keys && policyOf(keys);
  if (problems.length > 0 || !keys || !credential || !policy || !tenantId || !clientId) throw new ConfigError(problems);
  return freeze({
    ...storeConfigOf(keys),
    tenantId,
    clientId,
    credential,
    authorityHost: keys.AUTHORITY_HOST ?? CLOUDS[keys.AZURE_CLOUD].authorityHost,
    graphBaseUrl: keys.GRAPH_BASE_URL ?? CLOUDS[keys.AZURE_CLOUD].graphBaseUrl,
    channel: CLOUDS[keys.AZURE_CLOUD].channel,
    graphBudgetPercent: keys.GRAPH_BUDGET_PERCENT,
    policy,
    membership: keys.MEMBERSHIP_MODE,
    ...(keys.GUARD_POLICY_ID ? { guardPolicyId: keys.GUARD_POLICY_ID } : {}),
    ...(keys.WATCHDOG_HOST ? { watchdogHost: keys.WATCHDOG_HOST } : {}),
    ...(keys.TEAMS_APP_ID ? { teamsAppId: keys.TEAMS_APP_ID } : {}),
    ...localTeamsOf(keys),
    ...(keys.REHEARSAL_CLOCK_FILE ? { rehearsalClockFile: resolve(keys.REHEARSAL_CLOCK_FILE) } : {}),
    ...(keys.TICKET_PATTERN ? { ticketPattern: keys.TICKET_PATTERN } : {}),
    floodLimits: {
      perPersonPerMinute: keys.MAX_MESSAGES_PER_PERSON_PER_MINUTE,
      perSecond: keys.MAX_MESSAGES_PER_SECOND,
    },
    retention: keys.RETENTION_DAYS * DAY,
    language: keys.LANGUAGE,
    ...(keys.LANGUAGES_DIR ? { languagesDir: resolve(keys.LANGUAGES_DIR) } : {}),
    sweepEvery: keys.SWEEP_SECONDS * 1_000,
    pollEvery: keys.POLL_SECONDS * 1_000,
    pollSlowEvery: keys.POLL_SLOW_SECONDS * 1_000,
    host: keys.HOST,
    port: keys.PORT,
    ...(keys.GUIDE_URL ? { guideUrl: keys.GUIDE_URL } : {}),
    ...(keys.METRICS_TOKEN ? { metricsToken: keys.METRICS_TOKEN } : {}),
    ...webhookOf(keys),
  });
}

/** Only what is needed to open the store, for commands that touch no tenant. Throws ConfigError. */
export function readStoreConfig(env: NodeJS.ProcessEnv): StoreConfig {
  const raw = withoutEmpty(env);
  const problems = problemsTogether(raw).filter(({ key }) => key === 'LEDGER_KEY_FILE');
  const keys = parse(storeKeys, raw, problems);
  if (problems.length > 0 || !keys) throw new ConfigError(problems);
  return freeze(storeConfigOf(keys));
}

function storeConfigOf(keys: StoreKeys): StoreConfig {
  const dataDir = resolve(keys.DATA_DIR);
  // With PostgreSQL instances come and go on many hosts; where one keeps a file has to be said.
  const headFile = keys.LEDGER_HEAD_FILE ?? (keys.DATABASE_URL ? undefined : join(dataDir, 'ledger.head'));
  return {
    dataDir,
    ...(keys.DATABASE_URL ? { databaseUrl: keys.DATABASE_URL } : {}),
    ledgerKeyFile: keys.LEDGER_KEY_FILE ? resolve(keys.LEDGER_KEY_FILE) : join(dataDir, 'ledger.key'),
    ...(headFile ? { headFile: resolve(headFile) } : {}),
    logLevel: keys.LOG_LEVEL,
  };
}

function policyOf(keys: Keys): Policy | undefined {
  const { HELPDESK_GROUP_ID: helpdeskGroupId, ONBOARDING_GROUP_ID: onboardingGroupId } = keys;
  if (!helpdeskGroupId || !onboardingGroupId) return undefined;
  return {
    helpdeskGroupId,
    onboardingGroupId,
    fallbackApproverIds: keys.FALLBACK_APPROVER_IDS,
    secondApproverIds: keys.SECOND_APPROVER_IDS,
    adminIds: keys.ADMIN_IDS,
    protectedIds: keys.PROTECTED_IDS,
    privileged: keys.PRIVILEGED,
    accepted: { aaGuids: keys.ACCEPTED_AAGUIDS, types: keys.ACCEPTED_PASSKEY_TYPES },
    approvalLifetime: keys.APPROVAL_HOURS * HOUR,
    reminderAfter: keys.REMINDER_HOURS * HOUR,
    escalateAfter: keys.ESCALATION_HOURS * HOUR,
    approvedLifetime: keys.APPROVED_HOURS * HOUR,
    windowLength: keys.WINDOW_MINUTES * MINUTE,
    maxPasses: keys.MAX_PASSES,
    lastPassMargin: keys.LAST_PASS_MINUTES * MINUTE,
    settle: keys.SETTLE_SECONDS * 1_000,
    removeAdded: keys.REMOVE_ADDED,
    recoverDelete: keys.RECOVER_DELETE,
    audit: keys.AUDIT,
    sweepUnknown: keys.SWEEP_UNKNOWN,
    // A promise, not a setting: who has just been exempt neither asks nor decides for a day.
    cooldown: policyDefaults.cooldown,
    maxWindowsPerSubjectPerDay: keys.MAX_WINDOWS_PER_SUBJECT_PER_DAY,
    maxOpenPerApprover: keys.MAX_OPEN_PER_APPROVER,
    maxRequestsPerRequesterPerDay: keys.MAX_REQUESTS_PER_REQUESTER_PER_DAY,
  };
}

function localTeamsOf(keys: Keys): Pick<Config, 'localTeams'> {
  const { BOT_OPENID_METADATA_URL, BOT_TOKEN_ISSUER, BOT_SERVICE_URLS } = keys;
  if (!BOT_OPENID_METADATA_URL || !BOT_TOKEN_ISSUER || !BOT_SERVICE_URLS) return {};
  return {
    localTeams: {
      openIdMetadataUrl: BOT_OPENID_METADATA_URL,
      tokenIssuer: BOT_TOKEN_ISSUER,
      serviceUrls: BOT_SERVICE_URLS,
    },
  };
}
