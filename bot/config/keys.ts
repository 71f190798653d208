import { z } from 'zod/v4';
import { policyDefaults } from '../onboarding/policy';
import { CLOUD_NAMES } from './clouds';
import { guid, guids, oneOf, url, whole } from './fields';

const PASSKEY_TYPES = ['deviceBound', 'synced'] as const;

const passkeyTypes = () =>
  z
    .string()
    .transform((value) => new Set(value.split(/[\s,]+/).filter(Boolean)))
    .refine((said) => said.size > 0 && [...said].every((word) => PASSKEY_TYPES.some((type) => type === word)), {
      error: 'must be deviceBound, synced, or both separated by a comma.',
    })
    .transform((said) => PASSKEY_TYPES.filter((type) => said.has(type)));

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

const https = () => url(['https:']);
const text = () => z.string();

/** What the store needs, and all that the command line needs to read it. */
export const storeKeys = z.object({
  DATA_DIR: text().default('./data'),
  DATABASE_URL: z
    .string()
    .refine((value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value), {
      error: 'must be a PostgreSQL URL, like postgres://onboard@db.example.com/onboard.',
    })
    .optional(),
  LEDGER_KEY_FILE: text().optional(),
  LEDGER_HEAD_FILE: text().optional(),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Every key that Onboard reads. `.env.sample` explains each; a test compares the two lists. */
export const allKeys = storeKeys.extend({
  TENANT_ID: guid().optional(),
  CLIENT_ID: guid().optional(),
  CLIENT_CERTIFICATE_PATH: text().optional(),
  CLIENT_CERTIFICATE_PASSWORD: text().optional(),
  MANAGED_IDENTITY: text()
    .refine((value) => value === 'system' || guid().safeParse(value).success, {
      error: 'must be `system`, or the client id of a user-assigned managed identity.',
    })
    .optional(),
  FEDERATED_TOKEN_FILE: text().optional(),
  CLIENT_SECRET: text().optional(),
  AZURE_CLOUD: oneOf(CLOUD_NAMES).default('public'),
  AUTHORITY_HOST: https().optional(),
  GRAPH_BASE_URL: https().optional(),
  GRAPH_BUDGET_PERCENT: whole('per cent', 5, 100).default(25),

  TEAMS_APP_ID: guid().optional(),

  BOT_OPENID_METADATA_URL: url(['http:', 'https:']).optional(),
  BOT_TOKEN_ISSUER: text().optional(),
  BOT_SERVICE_URLS: z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(url(['http:', 'https:'])))
    .optional(),
  REHEARSAL_CLOCK_FILE: text().optional(),

  HELPDESK_GROUP_ID: guid().optional(),
  ONBOARDING_GROUP_ID: guid().optional(),
  MEMBERSHIP_MODE: oneOf(['direct', 'pim']).default('direct'),
  FALLBACK_APPROVER_IDS: guids().default([]),
  SECOND_APPROVER_IDS: guids().default([]),
  ADMIN_IDS: guids().default([]),
  PROTECTED_IDS: guids().default([]),
  PRIVILEGED: oneOf(['off', 'on']).default(policyDefaults.privileged),
  GUARD_POLICY_ID: guid().optional(),
  WATCHDOG_HOST: text().optional(),
  ACCEPTED_AAGUIDS: guids('AAGUIDs').default([]),
  ACCEPTED_PASSKEY_TYPES: passkeyTypes().default([...policyDefaults.accepted.types]),

  TICKET_PATTERN: z
    .string()
    .max(200, { error: 'must have at most 200 characters.' })
    .refine(isPattern, { error: 'must be a regular expression for one word, like INC\\d{7}.' })
    .optional(),
  APPROVAL_HOURS: whole('hours', 1, 168).default(policyDefaults.approvalLifetime / 3_600_000),
  REMINDER_HOURS: whole('hours', 1, 168).default(policyDefaults.reminderAfter / 3_600_000),
  ESCALATION_HOURS: whole('hours', 1, 168).default(policyDefaults.escalateAfter / 3_600_000),
  APPROVED_HOURS: whole('hours', 1, 72).default(policyDefaults.approvedLifetime / 3_600_000),
  WINDOW_MINUTES: whole('minutes', 10, 480).default(policyDefaults.windowLength / 60_000),
  MAX_PASSES: whole('passes', 1, 10).default(policyDefaults.maxPasses),
  LAST_PASS_MINUTES: whole('minutes', 0, 470).default(policyDefaults.lastPassMargin / 60_000),
  SETTLE_SECONDS: whole('seconds', 0, 1_800).default(policyDefaults.settle / 1_000),
  REMOVE_ADDED: oneOf(['off', 'passkeys']).default(policyDefaults.removeAdded),
  RECOVER_DELETE: oneOf(['off', 'on']).default(policyDefaults.recoverDelete),
  AUDIT: oneOf(['off', 'on']).default(policyDefaults.audit),
  SWEEP_UNKNOWN: oneOf(['alert', 'remove']).default(policyDefaults.sweepUnknown),
  SWEEP_SECONDS: whole('seconds', 5, 3_600).default(60),
  POLL_SECONDS: whole('seconds', 1, 300).default(10),
  POLL_SLOW_SECONDS: whole('seconds', 1, 300).default(25),
  MAX_WINDOWS_PER_SUBJECT_PER_DAY: whole('windows', 1, 20).default(policyDefaults.maxWindowsPerSubjectPerDay),
  MAX_OPEN_PER_APPROVER: whole('onboardings', 1, 1_000).default(policyDefaults.maxOpenPerApprover),
  MAX_REQUESTS_PER_REQUESTER_PER_DAY: whole('requests', 1, 1_000).default(policyDefaults.maxRequestsPerRequesterPerDay),
  MAX_MESSAGES_PER_PERSON_PER_MINUTE: whole('messages', 10, 100_000).default(60),
  MAX_MESSAGES_PER_SECOND: whole('messages', 10, 10_000).default(50),
  RETENTION_DAYS: whole('days', 1, 3_650).default(365),

  LANGUAGE: text().default('en'),
  LANGUAGES_DIR: text().optional(),

  HOST: text().default('127.0.0.1'),
  PORT: whole('', 0, 65_535).default(3978),
  GUIDE_URL: url(['https:', 'http:']).optional(),
  METRICS_TOKEN: z
    .string()
    .refine((value) => /^[\x21-\x7e]{16,}$/.test(value), { error: 'must have at least 16 characters without blanks.' })
    .optional(),
  ALERT_WEBHOOK_URL: url(['https:', 'http:']).optional(),
  ALERT_WEBHOOK_KEY_FILE: text().optional(),
});

/** What `onboard watchdog` reads, and nothing else: it has a configuration of its own, on a host of its own. */
export const watchdogKeys = allKeys
  .pick({
    TENANT_ID: true,
    CLIENT_ID: true,
    CLIENT_CERTIFICATE_PATH: true,
    CLIENT_CERTIFICATE_PASSWORD: true,
    MANAGED_IDENTITY: true,
    FEDERATED_TOKEN_FILE: true,
    CLIENT_SECRET: true,
    AZURE_CLOUD: true,
    AUTHORITY_HOST: true,
    GRAPH_BASE_URL: true,
    REHEARSAL_CLOCK_FILE: true,
    ONBOARDING_GROUP_ID: true,
    LOG_LEVEL: true,
    ALERT_WEBHOOK_URL: true,
    ALERT_WEBHOOK_KEY_FILE: true,
  })
  .extend({
    WATCHDOG_HEALTH_URL: z
      .string()
      .transform((value) => value.split(/[\s,]+/).filter(Boolean))
      .pipe(z.array(url(['http:', 'https:'])).min(1))
      .optional(),
    WATCHDOG_SILENCE_MINUTES: whole('minutes', 1, 120).default(10),
    WATCHDOG_POLL_SECONDS: whole('seconds', 1, 300).default(30),
    WATCHDOG_MOST_MEMBERS: whole('members', 1, 100_000).default(1_000),
    WATCHDOG_STATE_FILE: text().default('./watchdog-state.json'),
  });

export type StoreKeys = z.infer<typeof storeKeys>;
export type Keys = z.infer<typeof allKeys>;
export type KeyName = keyof Keys;
