import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Pass } from '../../bot/pass';
import { migrations } from '../../bot/store/migrations';
import { openSqlite } from '../../bot/store/open-sqlite';
import { openStore } from '../../bot/store/open-store';
import { StoreError } from '../../bot/store/store-error';
import { translateError } from '../../bot/store/translate-error';
import { LEDGER_KEY, World } from './engines';
import { change, entry, onboarding } from './samples';

describe('opening the embedded store', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'onboard-store-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const open = (world = new World(), ledgerKey = LEDGER_KEY, place = dataDir) =>
    openStore({ dataDir: place }, { ledgerKey, ...world });
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'fine',
      (error: unknown) => (error as StoreError).code,
    );

  it('keeps every file to its owner, in a directory of its own', async () => {
    const made = join(dataDir, 'made', 'here');
    const { store, close } = await open(new World(), LEDGER_KEY, made);
    await store.record(null, [entry('x')]);
    expect(statSync(made).mode & 0o777).toBe(0o700);
    const modes = readdirSync(made).map((file) => [file, statSync(join(made, file)).mode & 0o777]);
    expect(modes).toEqual([
      ['onboard.db', 0o600],
      ['onboard.db-shm', 0o600],
      ['onboard.db-wal', 0o600],
    ]);
    await close();
  });

  it('says when others can list a directory that was there before', async () => {
    const world = new World();
    chmodSync(dataDir, 0o755);
    await (await open(world)).close();
    expect(world.events('data-directory-open')).toMatchObject([{ level: 'warn', mode: '755' }]);
    expect(statSync(dataDir).mode & 0o777).toBe(0o755);
  });

  it('commits durably: write-ahead log, fully synchronous, foreign keys', async () => {
    const { db } = await openSqlite(dataDir, new World().log);
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(db)).rows[0] as object);
    expect(await pragma('journal_mode')).toEqual(['wal']);
    expect(await pragma('synchronous')).toEqual([2]);
    expect(await pragma('foreign_keys')).toEqual([1]);
    expect(await pragma('busy_timeout')).toEqual([5000]);
    await db.destroy();
  });

  it('binds booleans as numbers', async () => {
    const { db } = await openSqlite(dataDir, new World().log);
    expect((await sql`select ${true} as yes, ${false} as no`.execute(db)).rows).toMatchObject([{ yes: 1, no: 0 }]);
    await db.destroy();
  });

  it('keeps what was stored over a restart, and migrates once', async () => {
    const first = await open();
    const asked = onboarding();
    await first.store.create(change(asked, [entry('requested')]));
    await first.close();
    const second = await open();
    expect(await second.store.load(asked.id)).toMatchObject({ number: 1 });
    expect(await second.ledger.verify()).toMatchObject({ whole: true, entries: 1 });
    await second.close();
    const { db } = await openSqlite(dataDir, new World().log);
    expect(await db.selectFrom('schema_version').select('number').execute()).toEqual(
      migrations.map((_, index) => ({ number: index + 1 })),
    );
    await db.destroy();
  });

  it('leaves no code of a pass in any byte of its files', async () => {
    const { store, outbox, close } = await open();
    const pass = new Pass('PLANTED-PASS-7f3a');
    const wrong = { ...onboarding(), comment: pass as never };
    await store.create(change(wrong, [entry('PLANTED-EVENT', { pass: pass as never })]));
    await outbox.answer('k', { person: 'mo' }, { pass }, 1);
    const bytes = readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file), 'latin1'));
    // Read while open: the log file is part of it. Nothing is written after this, so the lost locks do no harm.
    expect(bytes.join('')).toContain('PLANTED-EVENT');
    expect(bytes.join('')).not.toContain(pass.reveal());
    await close();
  });

  it('leaves nothing of a forgotten comment in any byte of its files', async () => {
    const { store, close } = await open();
    const asked = { ...onboarding(), comment: `SAID-${'x'.repeat(5_000)}` };
    const answer = await store.create(change(asked, [entry('requested')]));
    if (!('created' in answer)) throw new Error('taken');
    await store.commit(answer.created, change({ ...answer.created, state: 'closed', closedAt: 2_000 }));
    const bytes = () => readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file), 'latin1'));
    expect(bytes().join('')).toContain('SAID-xxx');
    expect(await store.forget(9_000, { onboard: 'worker' })).toBe(1);
    expect(bytes().join('').includes('requested')).toBe(true);
    expect(['xxx', 'Name of', 'example.com'].filter((said) => bytes().join('').includes(said))).toEqual([]);
    await close();
  });

  it('refuses tables of a newer version', async () => {
    await (await open()).close();
    const { db } = await openSqlite(dataDir, new World().log);
    await db.insertInto('schema_version').values({ number: 999, applied_at: 1 }).execute();
    await db.destroy();
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_MIGRATION_NEWER',
      hint: expect.stringContaining('newer'),
    });
  });

  it('has a code for what is no database, for no right to it, and for a key that is none', async () => {
    expect(await codeOf(open(new World(), Buffer.alloc(31)))).toBe('STORE_LEDGER_KEY');
    writeFileSync(join(dataDir, 'onboard.db'), 'this is a text file'.repeat(100));
    expect(await codeOf(open())).toBe('STORE_CORRUPT');
    expect(await codeOf(open(new World(), LEDGER_KEY, join(dataDir, 'onboard.db')))).toBe('STORE_UNREACHABLE');
  });

  it('has a code for a disk that is full, and goes on when there is room again', async () => {
    const { db, engine } = await openSqlite(dataDir, new World().log);
    await sql`create table filler (text text)`.execute(db);
    await sql`pragma max_page_count = 3`.execute(db);
    const fill = () =>
      db.transaction().execute((tx) => sql`insert into filler values (${'x'.repeat(50_000)})`.execute(tx));
    const error = await fill().then(
      () => null,
      (cause: unknown) => translateError(cause, engine),
    );
    expect(error).toMatchObject({ code: 'STORE_FULL', engineCode: 'SQLITE 13' });
    await sql`pragma max_page_count = 1000`.execute(db);
    await fill();
    await db.destroy();
  });

  it('has a code for a lock that is not freed in time', async () => {
    const [one, two] = [await openSqlite(dataDir, new World().log), await openSqlite(dataDir, new World().log)];
    await sql`pragma busy_timeout = 0`.execute(two.db);
    await one.db.transaction().execute(async () => {
      const error = await two.db
        .transaction()
        .execute(async () => {})
        .then(
          () => null,
          (cause: unknown) => translateError(cause, 'sqlite'),
        );
      expect(error).toMatchObject({ code: 'STORE_BUSY' });
    });
    await Promise.all([one.db.destroy(), two.db.destroy()]);
  });

  it('still answers after more different statements than it keeps', async () => {
    const { db } = await openSqlite(dataDir, new World().log);
    for (let n = 0; n < 600; n++) await sql.raw(`select ${n} as n`).execute(db);
    expect((await sql.raw('select 7 as n').execute(db)).rows).toMatchObject([{ n: 7 }]);
    await db.destroy();
  });
});

describe('opening a PostgreSQL that is not there', () => {
  const open = (databaseUrl: string) => openStore({ databaseUrl }, { ledgerKey: LEDGER_KEY, ...new World() });

  it('says STORE_UNREACHABLE and nothing of the password', async () => {
    for (const url of ['postgres://onboard:hunter2@127.0.0.1:1/onboard', 'postgres://onboard:hunter2@[bad/onboard']) {
      const error = await open(url).then(
        () => null,
        (cause: unknown) => cause,
      );
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: 'STORE_UNREACHABLE' });
      expect(`${(error as Error).stack}${JSON.stringify(error)}`).not.toContain('hunter2');
      expect((error as Error).cause).toBeUndefined();
    }
  });
});

describe('errors of the engines', () => {
  it.each([
    ['53100', 'STORE_FULL'],
    ['53300', 'STORE_UNREACHABLE'],
    ['40P01', 'STORE_BUSY'],
    ['55P03', 'STORE_BUSY'],
    ['57P01', 'STORE_UNREACHABLE'],
    ['28P01', 'STORE_UNREACHABLE'],
    ['XX001', 'STORE_CORRUPT'],
    ['23505', 'STORE_FAILED'],
  ])('gives SQLSTATE %s the code %s, without its detail', (code, expected) => {
    const raised = Object.assign(new Error('x'), { code, severity: 'ERROR', detail: 'Key (a)=(secret)' });
    const error = translateError(raised, 'postgres');
    expect(error).toMatchObject({ code: expected, engineCode: code });
    expect(JSON.stringify(error) + (error as Error).message).not.toContain('secret');
  });

  it('takes an error without a code for a lost connection on PostgreSQL, and leaves faults of ours alone', () => {
    expect(translateError(new Error('Connection terminated'), 'postgres')).toMatchObject({ code: 'STORE_UNREACHABLE' });
    const fault = new TypeError('x is not a function');
    expect([translateError(fault, 'postgres'), translateError(fault, 'sqlite')]).toEqual([fault, fault]);
  });
});
