import { isLoopback } from './loopback';

/** The environment without empty values. */
export type Raw = Readonly<Record<string, string | undefined>>;

/** One thing that somebody must do before Onboard can start. */
export interface Problem {
  /** The key, or the keys, that it is about. */
  readonly key: string;
  readonly todo: string;
}

export const CREDENTIALS = [
  'CLIENT_CERTIFICATE_PATH',
  'MANAGED_IDENTITY',
  'FEDERATED_TOKEN_FILE',
  'CLIENT_SECRET',
] as const;

const OVERRIDES = ['BOT_OPENID_METADATA_URL', 'BOT_TOKEN_ISSUER', 'BOT_SERVICE_URLS'] as const;

const required: Readonly<Record<string, string>> = {
  TENANT_ID: 'is missing: the directory (tenant) id. Entra admin center > Overview.',
  CLIENT_ID: 'is missing: the application (client) id of the bot. Entra admin center > App registrations.',
  HELPDESK_GROUP_ID: 'is missing: the object id of the group whose members may ask for an onboarding.',
  ONBOARDING_GROUP_ID:
    'is missing: the object id of the group that CA888 targets and that every other MFA policy excludes.',
};

/**
 * What no single key can tell: parts that only make sense together. Works on raw values, so that everything wrong is
 * said in one message even when single values are wrong too.
 */
export function problemsTogether(raw: Raw): readonly Problem[] {
  return [
    ...missing(raw),
    ...credential(raw),
    ...privileged(raw),
    ...storage(raw),
    ...override(raw),
    ...rehearsal(raw),
    ...webhook(raw),
    ...guidePage(raw),
    ...clashes(raw),
  ];
}

function missing(raw: Raw): Problem[] {
  return Object.entries(required)
    .filter(([key]) => raw[key] === undefined)
    .map(([key, todo]) => ({ key, todo }));
}

/** Exactly one credential, whoever it is for. */
export function credential(raw: Raw): Problem[] {
  const given = CREDENTIALS.filter((key) => raw[key] !== undefined);
  const problems: Problem[] = [];
  if (given.length === 0) {
    problems.push({
      key: CREDENTIALS.join(' | '),
      todo: 'is missing: give one of them, best first: managed identity where Azure runs Onboard, a certificate, a federated token file, and a secret only where nothing else is possible.',
    });
  }
  if (given.length > 1) {
    problems.push({ key: given.join(', '), todo: 'are set together: keep one, so that it is clear who Onboard is.' });
  }
  if (raw.CLIENT_CERTIFICATE_PASSWORD !== undefined && raw.CLIENT_CERTIFICATE_PATH === undefined) {
    problems.push({ key: 'CLIENT_CERTIFICATE_PATH', todo: 'is missing, but CLIENT_CERTIFICATE_PASSWORD is set.' });
  }
  return problems;
}

/** Privileged people need two approvers and a guard policy: with one of them missing, `on` would be a promise unkept. */
function privileged(raw: Raw): Problem[] {
  if (raw.PRIVILEGED !== 'on') return [];
  const problems: Problem[] = [];
  if (raw.GUARD_POLICY_ID === undefined) {
    problems.push({
      key: 'GUARD_POLICY_ID',
      todo: 'is missing: PRIVILEGED=on needs the Conditional Access policy that keeps a bare password out during the window.',
    });
  }
  if (raw.SECOND_APPROVER_IDS === undefined) {
    problems.push({
      key: 'SECOND_APPROVER_IDS',
      todo: 'is missing: PRIVILEGED=on needs at least one person who may give the second approval.',
    });
  }
  return problems;
}

/** Several instances must share one key; none of them may invent its own. */
function storage(raw: Raw): Problem[] {
  if (raw.DATABASE_URL === undefined || raw.LEDGER_KEY_FILE !== undefined) return [];
  return [
    {
      key: 'LEDGER_KEY_FILE',
      todo: 'is missing: with DATABASE_URL every instance needs the same key file. Make one with `openssl rand -hex 32`, mode 0600.',
    },
  ];
}

/**
 * These keys replace whom the bot believes. They exist for a local Teams and are refused unless both ends stay on this
 * machine: with a bind address that others can reach, a local process could speak as anybody to a bot that others use.
 */
function override(raw: Raw): Problem[] {
  const given = OVERRIDES.filter((key) => raw[key] !== undefined);
  if (given.length === 0) return [];
  const problems: Problem[] = OVERRIDES.filter((key) => raw[key] === undefined).map((key) => ({
    key,
    todo: `is missing: ${OVERRIDES.join(', ')} only make sense together. For Microsoft Teams set none of them.`,
  }));
  const urls = [
    ...(raw.BOT_OPENID_METADATA_URL ? [raw.BOT_OPENID_METADATA_URL] : []),
    ...(raw.BOT_SERVICE_URLS ?? '').split(/[\s,]+/).filter(Boolean),
  ];
  if (!urls.every((url) => URL.canParse(url) && isLoopback(new URL(url).hostname))) {
    problems.push({
      key: given.join(', '),
      todo: 'may only name this machine (127.0.0.1, ::1 or localhost). For Microsoft Teams set none of them.',
    });
  }
  if (raw.HOST !== undefined && !isLoopback(raw.HOST)) {
    problems.push({
      key: 'HOST',
      todo: `must be a loopback address while ${given.join(', ')} ${given.length > 1 ? 'are' : 'is'} set.`,
    });
  }
  return problems;
}

/** A clock that can be moved ends windows early or late: only where no real tenant and no real Teams can be meant. */
function rehearsal(raw: Raw): Problem[] {
  if (raw.REHEARSAL_CLOCK_FILE === undefined) return [];
  const sides = [raw.GRAPH_BASE_URL, raw.AUTHORITY_HOST, raw.BOT_OPENID_METADATA_URL];
  if (sides.every((side) => side !== undefined && URL.canParse(side) && isLoopback(new URL(side).hostname))) return [];
  return [
    {
      key: 'REHEARSAL_CLOCK_FILE',
      todo: 'is only for a rehearsal in which GRAPH_BASE_URL, AUTHORITY_HOST and BOT_OPENID_METADATA_URL are all on this machine. Remove it.',
    },
  ];
}

/** Whoever is between could write another guide, one that asks for the code. */
export function guidePage({ GUIDE_URL: at }: Raw): Problem[] {
  if (at === undefined || !URL.canParse(at)) return [];
  const { protocol, hostname } = new URL(at);
  return protocol === 'http:' && !isLoopback(hostname)
    ? [{ key: 'GUIDE_URL', todo: 'must begin with https:// unless it is on this machine.' }]
    : [];
}

/** Unsigned alerts could be anybody's, and plain http would carry them past everybody. */
export function webhook(raw: Raw): Problem[] {
  const { ALERT_WEBHOOK_URL: to, ALERT_WEBHOOK_KEY_FILE: keyFile } = raw;
  const problems: Problem[] = [];
  if (to !== undefined && keyFile === undefined) {
    problems.push({
      key: 'ALERT_WEBHOOK_KEY_FILE',
      todo: 'is missing: the file with the key that signs the alerts. Make one with `openssl rand -hex 32`, mode 0600.',
    });
  }
  if (to === undefined && keyFile !== undefined)
    problems.push({ key: 'ALERT_WEBHOOK_URL', todo: 'is missing, but ALERT_WEBHOOK_KEY_FILE is set.' });
  if (to !== undefined && URL.canParse(to)) {
    const { protocol, hostname } = new URL(to);
    if (protocol === 'http:' && !isLoopback(hostname))
      problems.push({ key: 'ALERT_WEBHOOK_URL', todo: 'must begin with https:// unless it is on this machine.' });
  }
  return problems;
}

function clashes(raw: Raw): Problem[] {
  const problems: Problem[] = [];
  const same = (a: string, b: string) => raw[a] !== undefined && raw[a]?.toLowerCase() === raw[b]?.toLowerCase();
  if (same('HELPDESK_GROUP_ID', 'ONBOARDING_GROUP_ID')) {
    problems.push({
      key: 'HELPDESK_GROUP_ID',
      todo: 'is the onboarding group: its members would all be exempt from MFA. Name two different groups.',
    });
  }
  if (Number(raw.LAST_PASS_MINUTES ?? 10) >= Number(raw.WINDOW_MINUTES ?? 60)) {
    problems.push({
      key: 'LAST_PASS_MINUTES',
      todo: 'must be less than WINDOW_MINUTES, or no pass could ever be made.',
    });
  }
  if (Number(raw.REMINDER_HOURS ?? 4) > Number(raw.ESCALATION_HOURS ?? 8)) {
    problems.push({ key: 'ESCALATION_HOURS', todo: 'must not be less than REMINDER_HOURS.' });
  }
  if (Number(raw.POLL_SECONDS ?? 10) > Number(raw.POLL_SLOW_SECONDS ?? 25)) {
    problems.push({ key: 'POLL_SLOW_SECONDS', todo: 'must not be less than POLL_SECONDS.' });
  }
  return problems;
}
