import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../bot/log';
import { openPlace } from '../../bot/main/open-place';
import { change, entry, onboarding } from '../store/samples';

describe.each(['info', 'warn', 'silent'] as const)('at the log level %s', (level) => {
  it('every head of the ledger is in the log stream', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'onboard-place-'));
    const lines: string[] = [];
    const log = createLog(level, { write: (line: string) => void lines.push(line) });
    const open = await openPlace(
      { dataDir, ledgerKeyFile: join(dataDir, 'key'), logLevel: level },
      { now: () => 1_000 } as never,
      log,
    );
    try {
      await open.store.create(change(onboarding({}), [entry('requested')]));
      const head = await open.ledger.head();
      expect(head.seq).toBe(1);
      expect(lines.map((line) => JSON.parse(line))).toContainEqual(
        expect.objectContaining({ level: 'info', event: 'ledger-head', ...head }),
      );
    } finally {
      await open.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
