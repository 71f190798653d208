import type { Generated, Kysely, Transaction } from 'kysely';

/**
 * The tables, for Kysely. The same on SQLite and PostgreSQL because only what both have is used: ids are text, times
 * are bigint epoch milliseconds, JSON is text, and there are no booleans.
 */
export interface Schema {
  onboarding: OnboardingTable;
  ledger: LedgerTable;
  ledger_head: LedgerHeadTable;
  ledger_text: LedgerTextTable;
  ledger_checkpoint: LedgerCheckpointTable;
  outbox: OutboxTable;
  conversation: ConversationTable;
  guide_link: GuideLinkTable;
  language_choice: LanguageChoiceTable;
  setting: SettingTable;
  seen_in_group: SeenInGroupTable;
  instance: InstanceTable;
  schema_version: SchemaVersionTable;
}

/** `data` is the whole onboarding; the other columns are the parts of it that are searched, and the lease. */
export interface OnboardingTable {
  id: string;
  number: number;
  version: number;
  state: string;
  subject_id: string;
  requester_id: string;
  approver_id: string;
  /** The truth about the due time: giving a lease back moves it without touching `data`. */
  due_at: number | null;
  leased_until: number | null;
  lease_owner: string | null;
  requested_at: number;
  opened_at: number | null;
  closed_at: number | null;
  deadline: number | null;
  /** When its exit began, and when absence from the group was read. */
  exit_at: number | null;
  left_at: number | null;
  data: string;
  /** When names and words were removed from `data`. */
  forgotten_at: Generated<number | null>;
}

/**
 * Nothing stands in a row but what its macs cover. `n` and `own` are the place in the chain of its onboarding and that
 * chain's mac; null in rows of the first format, which had the one chain only.
 */
export interface LedgerTable {
  seq: number;
  onboarding_id: string | null;
  n: number | null;
  own: string | null;
  entry: string;
  mac: string;
}

/** Personal text that an entry holds by hash only. Removing the row forgets the text and, with the salt, what it was. */
export interface LedgerTextTable {
  seq: number;
  name: string;
  onboarding_id: string | null;
  salt: string;
  text: string;
}

/** At most one row, `id` 1: where the ledger begins after its old entries were pruned. `heads` is JSON. */
export interface LedgerCheckpointTable {
  id: number;
  seq: number;
  mac: string;
  at: number;
  heads: string;
  sign: string;
}

/** One row, `id` 1. Locking it is what keeps two instances from forking the chain. */
export interface LedgerHeadTable {
  id: number;
  seq: number;
  mac: string;
}

/** Owed while `wanted > sent` and `due_at` is not null. `position` is the order in which rows became owed. */
export interface OutboxTable {
  id: string;
  onboarding_id: string | null;
  recipient: string;
  message: string;
  key: Generated<string | null>;
  live: number;
  data: string | null;
  wanted: number;
  sent: number;
  sent_conversation: string | null;
  sent_activity: string | null;
  attempts: number;
  position: number;
  due_at: number | null;
  leased_until: number | null;
  lease_owner: string | null;
  failed_code: string | null;
}

export interface ConversationTable {
  id: string;
  service_url: string;
  kind: string;
  person_id: string | null;
  locale: string | null;
  zone: Generated<string | null>;
  saved_at: number;
}

/** A personal link to the guide page: what is in the link is not here. */
export interface GuideLinkTable {
  hash: string;
  onboarding_id: string;
  issued_at: number;
}

/** In which language somebody wants to be written to; without a row the directory and their Teams decide. */
export interface LanguageChoiceTable {
  person_id: string;
  language: string;
}

export interface SettingTable {
  name: string;
  value: string;
}

/** When somebody was last seen in the onboarding group without a window that says so. */
export interface SeenInGroupTable {
  person_id: string;
  at: number;
}

/** Instances, by the name that is in their leases, and when each was last heard of. */
export interface InstanceTable {
  owner: string;
  alive_at: number;
}

export interface SchemaVersionTable {
  number: number;
  applied_at: number;
}

export type Engine = 'sqlite' | 'postgres';

/** An open database, and which of the two it is. */
export interface Database {
  readonly db: Kysely<Schema>;
  readonly engine: Engine;
}

/** For what runs in a transaction as well as outside of one. */
export type Queries = Kysely<Schema> | Transaction<Schema>;

/** What the store writes to the log: a stable `event` code, ids, numbers. A pino logger fits. */
export interface StoreLog {
  info(line: object): void;
  warn(line: object): void;
  error(line: object): void;
}
