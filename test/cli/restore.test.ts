import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerOf, productFiles, startPlayground, stopPlaygrounds, togglesOf, waitFor } from '../harness/playground';
import { onboard } from './onboard';
import { openWindow } from './open-window';

jest.setTimeout(90_000);
afterEach(stopPlaygrounds);

/** Somebody puts a backup in the place of the database. */
function putBack(dataDir: string, backup: string): void {
  for (const file of ['onboard.db', 'onboard.db-wal', 'onboard.db-shm']) rmSync(join(dataDir, file), { force: true });
  renameSync(backup, join(dataDir, 'onboard.db'));
}

test('a backup with an open window is put back: the window is closed before anything else', async () => {
  const spawned = await startPlayground('everyone');
  const { client, dataDir } = spawned;
  const members = async () => (await client.records()).standing.members;
  await openWindow(client);
  const backup = join(dataDir, 'backup.db');
  expect(await onboard(dataDir, 'store', 'backup', backup)).toMatchObject({ code: 0 });
  expect(await onboard(dataDir, 'store', 'backup', backup)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('STORE_EXISTS'),
  });

  await client.product('kill');
  const before = ledgerOf(spawned).heads.at(-1);
  putBack(dataDir, backup);
  await client.product('start');
  await waitFor('the group is empty', async () => (await members()).length === 0 || undefined);
  expect((await onboard(dataDir, 'list')).stdout).toMatch(/^ONB-1 +clos(ing|ed): stopped /m);
  const log = productFiles(spawned)
    .find(({ name }) => name === 'product.log')
    ?.content.toString();
  expect(log).toMatch(/"event":"store-restored","why":"backup"/);
  expect(log).toContain('"ended":["ONB-1"]');

  // It does it once, and the ledger says what it cost.
  expect(await onboard(dataDir, 'ledger', 'verify')).toMatchObject({ code: 0 });
  expect((await onboard(dataDir, 'ledger', 'export')).stdout).toContain('"event":"exit-started"');
  const verified = await onboard(dataDir, 'ledger', 'verify', '--head', `${before?.sequence}:${before?.hash}`);
  // Nothing was decided between the backup and the end: the same history goes on.
  expect(verified.code).toBe(0);
  await client.product('kill');
  await client.product('start');
  const again = productFiles(spawned).find(({ name }) => name === 'product.log');
  expect(again?.content.toString().split('"restore-treated"')).toHaveLength(2);
});

test('a backup from before the approval was withdrawn is put back: it counts no more', async () => {
  const { client, dataDir } = await startPlayground('everyone');
  const jane = (await client.people()).find(({ key }) => key === 'jane');
  await client.person('priya').say(`@onboard ${jane?.userPrincipalName}`);
  const mo = client.person('mo');
  const { card } = await mo.waitForButton('approve');
  await mo.click('approve', Object.fromEntries(togglesOf(card).map(({ id, on }) => [id, on])));
  await waitFor('approved', async () => /approved/.test((await onboard(dataDir, 'list')).stdout) || undefined);
  const backup = join(dataDir, 'backup.db');
  await onboard(dataDir, 'store', 'backup', backup);
  expect(await onboard(dataDir, 'stop', 'ONB-1')).toMatchObject({ code: 0 });

  await onboard(dataDir, 'pause');
  await client.product('kill');
  const before = (await onboard(dataDir, 'ledger', 'verify')).stdout.match(/Head (\S+)/)?.[1] ?? '';
  putBack(dataDir, backup);
  await client.product('start');
  expect((await onboard(dataDir, 'list')).stdout).toMatch(/^ONB-1 +closed: cancelled /m);
  expect((await client.records()).standing.members).toEqual([]);
  const { code, stdout } = await onboard(dataDir, 'ledger', 'verify', '--head', before);
  expect([code, stdout]).toEqual([3, expect.stringMatching(/^BROKEN at entry 5: entries at the end are gone/)]);
});
