import { sql, type Transaction } from 'kysely';
import type { Onboarding } from '../onboarding/onboarding';
import { toRow } from './onboarding-rows';
import type { Schema } from './schema';

type Migration = (tx: Transaction<Schema>) => Promise<void>;

/** The first mac of the ledger has this before it. */
export const GENESIS = '0'.repeat(64);

/** Forward only: number n is entry n - 1. A migration that was released is never edited; the next one corrects it. */
export const migrations: readonly Migration[] = [
  createTables,
  chainEachOnboarding,
  keepGuideLinks,
  keepZones,
  glanceAtWindows,
  keepLanguageChoices,
  claimApart,
];

async function createTables(tx: Transaction<Schema>): Promise<void> {
  const { schema } = tx;
  await schema
    .createTable('onboarding')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'bigint', (column) => column.notNull().unique())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('approver_id', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('leased_until', 'bigint')
    .addColumn('lease_owner', 'text')
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('opened_at', 'bigint')
    .addColumn('closed_at', 'bigint')
    .addColumn('data', 'text', (column) => column.notNull())
    .execute();
  await sql`create unique index onboarding_one_open on onboarding (subject_id) where state <> 'closed'`.execute(tx);
  await sql`create index onboarding_due on onboarding (due_at) where due_at is not null`.execute(tx);
  await sql`create index onboarding_window on onboarding (subject_id, opened_at)`.execute(tx);
  await sql`create index onboarding_requester on onboarding (requester_id, requested_at)`.execute(tx);
  await sql`create index onboarding_approver on onboarding (approver_id) where state <> 'closed'`.execute(tx);

  await schema
    .createTable('ledger')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('onboarding_id', 'text')
    .addColumn('entry', 'text', (column) => column.notNull())
    .addColumn('mac', 'text', (column) => column.notNull())
    .execute();
  await sql`create index ledger_onboarding on ledger (onboarding_id, seq)`.execute(tx);
  await schema
    .createTable('ledger_head')
    .addColumn('id', 'bigint', (column) => column.primaryKey())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('mac', 'text', (column) => column.notNull())
    .execute();
  await tx.insertInto('ledger_head').values({ id: 1, seq: 0, mac: GENESIS }).execute();

  await schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('onboarding_id', 'text', (column) => column.references('onboarding.id'))
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('live', 'bigint', (column) => column.notNull())
    .addColumn('data', 'text')
    .addColumn('wanted', 'bigint', (column) => column.notNull())
    .addColumn('sent', 'bigint', (column) => column.notNull())
    .addColumn('sent_conversation', 'text')
    .addColumn('sent_activity', 'text')
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('leased_until', 'bigint')
    .addColumn('lease_owner', 'text')
    .addColumn('failed_code', 'text')
    .execute();
  await sql`create index outbox_owed on outbox (recipient, position) where wanted > sent`.execute(tx);
  await sql`create index outbox_position on outbox (position)`.execute(tx);

  await schema
    .createTable('conversation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('service_url', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text')
    .addColumn('locale', 'text')
    .addColumn('saved_at', 'bigint', (column) => column.notNull())
    .execute();
  await sql`create index conversation_person on conversation (person_id) where kind = 'personal'`.execute(tx);

  await schema
    .createTable('setting')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

/** Entries from before keep their one chain: macs need the key, and an entry is never rewritten. */
async function chainEachOnboarding(tx: Transaction<Schema>): Promise<void> {
  const { schema } = tx;
  await schema.alterTable('ledger').addColumn('n', 'bigint').execute();
  await schema.alterTable('ledger').addColumn('own', 'text').execute();
  await schema
    .createTable('ledger_text')
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('onboarding_id', 'text')
    .addColumn('salt', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_text_key', ['seq', 'name'])
    .execute();
  await sql`create index ledger_text_onboarding on ledger_text (onboarding_id)`.execute(tx);
  await schema
    .createTable('ledger_checkpoint')
    .addColumn('id', 'bigint', (column) => column.primaryKey())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('mac', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('heads', 'text', (column) => column.notNull())
    .addColumn('sign', 'text', (column) => column.notNull())
    .execute();

  await schema.alterTable('outbox').addColumn('key', 'text').execute();
  await sql`create index outbox_onboarding on outbox (onboarding_id)`.execute(tx);

  await schema.alterTable('onboarding').addColumn('forgotten_at', 'bigint').execute();
  await sql`create index onboarding_remembered on onboarding (closed_at)
    where state = 'closed' and forgotten_at is null`.execute(tx);
}

async function keepGuideLinks(tx: Transaction<Schema>): Promise<void> {
  await tx.schema
    .createTable('guide_link')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('onboarding_id', 'text', (column) => column.notNull())
    .addColumn('issued_at', 'bigint', (column) => column.notNull())
    .execute();
}

/** Where people are, for the times in what is sent to them; and what was asked for in one conversation, found quickly. */
async function keepZones(tx: Transaction<Schema>): Promise<void> {
  await tx.schema.alterTable('conversation').addColumn('zone', 'text').execute();
  await sql`create index outbox_request on outbox (recipient) where message = 'request'`.execute(tx);
}

/** What every look at all windows needs, in columns of its own; who was seen in the group; which instances are alive. */
async function glanceAtWindows(tx: Transaction<Schema>): Promise<void> {
  const { schema } = tx;
  for (const column of ['deadline', 'exit_at', 'left_at'] as const)
    await schema.alterTable('onboarding').addColumn(column, 'bigint').execute();
  await sql`create index onboarding_windows on onboarding (opened_at) where state <> 'closed'`.execute(tx);
  const windows = await tx
    .selectFrom('onboarding')
    .select(['id', 'data'])
    .where('state', '<>', 'closed')
    .where('opened_at', 'is not', null)
    .execute();
  for (const { id, data } of windows) {
    const { deadline, exit_at, left_at } = toRow(JSON.parse(data) as Onboarding);
    await tx.updateTable('onboarding').set({ deadline, exit_at, left_at }).where('id', '=', id).execute();
  }

  await schema
    .createTable('seen_in_group')
    .addColumn('person_id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('instance')
    .addColumn('owner', 'text', (column) => column.primaryKey())
    .addColumn('alive_at', 'bigint', (column) => column.notNull())
    .execute();
}

async function keepLanguageChoices(tx: Transaction<Schema>): Promise<void> {
  await tx.schema
    .createTable('language_choice')
    .addColumn('person_id', 'text', (column) => column.primaryKey())
    .addColumn('language', 'text', (column) => column.notNull())
    .execute();
}

/** What is due is claimed in two kinds, each in its own order; a window past its deadline is no look any more. */
async function claimApart(tx: Transaction<Schema>): Promise<void> {
  await sql`create index onboarding_looks on onboarding (due_at, number) where state = 'open'`.execute(tx);
  await sql`create index onboarding_over on onboarding (coalesce(deadline, 0)) where state = 'open'`.execute(tx);
  await sql`create index onboarding_steps on onboarding (due_at)
    where state <> 'open' and due_at is not null`.execute(tx);
}
