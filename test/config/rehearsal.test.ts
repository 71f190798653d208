import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../bot/config';
import { rehearsalClock } from '../../bot/rehearsal-clock';
import { complete } from './complete';

const local = {
  GRAPH_BASE_URL: 'https://localhost:4443',
  AUTHORITY_HOST: 'https://localhost:4443',
  BOT_OPENID_METADATA_URL: 'http://127.0.0.1:4100/teams/openid',
  BOT_TOKEN_ISSUER: 'https://api.botframework.com',
  BOT_SERVICE_URLS: 'http://127.0.0.1:4100/teams/',
};

describe('the clock of a rehearsal', () => {
  it('is accepted where every other side is this machine', () => {
    expect(readConfig({ ...complete, ...local, REHEARSAL_CLOCK_FILE: 'clock' }).rehearsalClockFile).toMatch(/clock$/);
  });

  it.each(['GRAPH_BASE_URL', 'AUTHORITY_HOST', 'BOT_OPENID_METADATA_URL'] as const)(
    'is refused when %s is not',
    (key) => {
      for (const value of ['https://graph.microsoft.com', '']) {
        expect(() => readConfig({ ...complete, ...local, [key]: value, REHEARSAL_CLOCK_FILE: 'clock' })).toThrow(
          'REHEARSAL_CLOCK_FILE',
        );
      }
    },
  );

  it('moves with its file, wakes who sleeps, and survives a file that is not there', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'onboard-clock-'));
    const file = join(dir, 'offset');
    const clock = rehearsalClock(file);
    const before = clock.now();
    expect(before - Date.now()).toBeLessThan(1_000);
    let woken = false;
    const sleeping = clock.sleep(3_600_000).then(() => {
      woken = true;
    });
    writeFileSync(file, '3600000');
    await sleeping;
    expect(woken).toBe(true);
    expect(clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
    rmSync(dir, { recursive: true });
  });
});
