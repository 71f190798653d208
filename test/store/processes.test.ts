import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../bot/store/open-store';
import { Program } from './child-process';
import { LEDGER_KEY, World } from './engines';

describe('processes on one embedded database', () => {
  let program: Program;
  let dataDir: string;

  beforeAll(() => {
    program = new Program('committing-child.ts');
  });
  afterAll(() => program.remove());
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'onboard-store-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const reopen = () => openStore({ dataDir }, { ledgerKey: LEDGER_KEY, ...new World() });

  it('loses nothing that was acknowledged, and keeps nothing half, over ten kills -9', async () => {
    const acknowledged: string[] = [];
    for (let trial = 0; trial < 10; trial++) {
      const before = acknowledged.length;
      // At a random moment, and not before something was acknowledged.
      const enough = 1 + Math.floor(Math.random() * 40);
      await new Promise<void>((resolve) => {
        const child = program.run([dataDir, `trial${trial}`], (line) => {
          if (line === 'ready') return;
          acknowledged.push(line);
          if (acknowledged.length === before + enough) setTimeout(() => child.kill(), Math.random() * 5);
        });
        void child.ended.then(() => resolve());
      });
    }

    const { store, outbox, ledger, close } = await reopen();
    const all = new Map((await store.list(100_000)).map((one) => [one.id, one]));
    expect(acknowledged.length).toBeGreaterThanOrEqual(10);
    expect(acknowledged.filter((id) => all.get(id)?.version !== 2)).toEqual([]);

    // Each change is there with its ledger entry and its message, or not at all.
    const committed = [...all.values()].filter(({ comment }) => comment !== undefined).map(({ id }) => id);
    const lines = await ledger.entries();
    const said = (event: string) =>
      lines.filter(({ entry }) => entry.event === event).map(({ entry }) => entry.detail.id);
    const owed = await outbox.claim(Date.now(), Date.now(), 'test', 100_000);
    expect(said('committed').sort()).toEqual([...committed].sort());
    expect(said('requested').sort()).toEqual([...all.keys()].filter((id) => !id.startsWith('jane')).sort());
    expect(owed.map(({ onboardingId }) => onboardingId).sort()).toEqual([...committed].sort());
    expect(await ledger.verify()).toMatchObject({ whole: true, entries: lines.length });
    expect([...all.values()].map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from(all, (_, index) => index + 1),
    );
    await close();
  }, 30_000);

  it('lets three processes make the database at once and race on it, each change whole', async () => {
    const done = ['a', 'b', 'c'].map((name) => program.run([dataDir, name, '40'], () => {}).ended);
    expect(await Promise.all(done)).toEqual([0, 0, 0]);

    const { store, ledger, close } = await reopen();
    const all = await store.list(10_000);
    expect(all.filter(({ id }) => !id.startsWith('jane'))).toHaveLength(120);
    expect(all.filter(({ id, state }) => id.startsWith('jane') && state !== 'closed').length).toBeLessThanOrEqual(1);
    expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
    expect(all[0]?.number).toBe(all.length);
    expect(await ledger.verify()).toMatchObject({ whole: true, entries: 240 });
    await close();
  }, 30_000);
});
