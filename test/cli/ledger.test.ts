import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerOf, startPlayground, stopPlaygrounds } from '../harness/playground';
import { checkLedgerExport } from '../promises/ledger';
import { onboard } from './onboard';
import { openWindow } from './open-window';

jest.setTimeout(90_000);
afterEach(stopPlaygrounds);

const lines = (text: string) => text.trim().split('\n');

test('with Teams down and an instance running: everything that an operator needs, and a ledger that checks', async () => {
  const spawned = await startPlayground('everyone');
  const { client, dataDir } = spawned;
  await openWindow(client);
  await client.behave({ teamsStatus: 503 });

  expect(await onboard(dataDir, 'pause')).toMatchObject({ code: 0, stdout: expect.stringContaining('no new windows') });
  expect(await onboard(dataDir, 'list')).toMatchObject({ code: 0, stderr: expect.stringContaining('onboard resume') });
  expect(await onboard(dataDir, 'show', 'ONB-1')).toMatchObject({ code: 0 });
  expect(await onboard(dataDir, 'resume')).toMatchObject({ code: 0, stdout: 'Resumed.\n' });
  const stopped = await onboard(dataDir, 'stop', '--all');
  expect(stopped).toMatchObject({ code: 0, stdout: expect.stringContaining('ONB-1 is out of the onboarding group') });
  expect((await client.records()).standing.members).toEqual([]);
  expect(await onboard(dataDir, 'sweep')).toMatchObject({ code: 0 });

  // With the newest head of the log, with one that never was, and judged by somebody else.
  const { key, heads } = ledgerOf(spawned);
  const newest = heads.at(-1);
  expect(await onboard(dataDir, 'ledger', 'verify', '--head', `${newest?.sequence}:${newest?.hash}`)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Whole: \d+ entries\. Head \d+:[0-9a-f]{64}\n$/),
  });
  const other = `${newest?.sequence}:${'0'.repeat(64)}`;
  expect(await onboard(dataDir, 'ledger', 'verify', '--head', other)).toMatchObject({
    code: 3,
    stdout: `BROKEN at entry ${newest?.sequence}: the ledger was rolled back and written on.\n`,
  });
  expect(await onboard(dataDir, 'ledger', 'verify', '--head', 'x')).toMatchObject({ code: 2 });
  const exported = await onboard(dataDir, 'ledger', 'export', '--texts');
  expect(checkLedgerExport(lines(exported.stdout), key, heads)).toBeNull();
  expect(exported.stdout).toContain('Jane');
  for (const { code } of await client.passes()) expect(exported.stdout).not.toContain(code);

  // Ids only, unless asked.
  const bare = (await onboard(dataDir, 'ledger', 'export', '--onboarding', 'onb-1')).stdout;
  expect(bare).not.toContain('Jane');
  expect(lines(bare).map((line) => JSON.parse(line).n)).toEqual(lines(bare).map((_, index) => index + 1));
  const csv = (await onboard(dataDir, 'ledger', 'export', '--format', 'csv')).stdout.split('\r\n');
  expect(csv[0]).toBe('"seq","onboarding","n","at","actor","event","detail","own","mac"');
  expect(csv).toHaveLength(lines(exported.stdout).length + 2);
  expect(csv.join('\n')).toMatch(/^"\d+","","\d+","[^"]+Z","operator:[^"]+","paused","\{\}",/m);
  expect(await onboard(dataDir, 'ledger', 'export', '--format', 'xml')).toMatchObject({ code: 2 });

  // Nothing of what is not over goes away, whatever is asked.
  expect(await onboard(dataDir, 'ledger', 'prune')).toMatchObject({ code: 2 });
  expect(await onboard(dataDir, 'ledger', 'prune', '--before', 'tomorrow')).toMatchObject({ code: 2 });
  expect(await onboard(dataDir, 'ledger', 'prune', '--before', '2999-01-01')).toMatchObject({ code: 2 });
  expect(await onboard(dataDir, 'ledger', 'prune', '--keep-days', '0')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('names removed from 0 onboardings, 0 entries removed'),
  });
  expect(await onboard(dataDir, 'ledger', 'forget', 'ONB-1')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('aftercare included'),
  });
});

test('what is over can be forgotten and pruned while an instance runs, and the ledger still checks', async () => {
  const spawned = await startPlayground('everyone');
  const { client, dataDir } = spawned;
  const jane = (await client.people()).find(({ key }) => key === 'jane');
  const priya = client.person('priya');
  await priya.say(`@onboard ${jane?.userPrincipalName}`);
  await priya.waitForButton(/cancel|stop/i);
  expect(await onboard(dataDir, 'stop', 'ONB-1')).toMatchObject({ code: 0 });

  expect((await onboard(dataDir, 'show', 'ONB-1')).stdout).toContain('Jane');
  expect(await onboard(dataDir, 'ledger', 'forget', 'ONB-1')).toMatchObject({
    code: 0,
    stdout: 'ONB-1 names nobody any more.\n',
  });
  const shown = (await onboard(dataDir, 'show', 'ONB-1')).stdout;
  expect(shown).toContain('(name removed)');
  expect(shown + (await onboard(dataDir, 'ledger', 'export', '--texts')).stdout).not.toContain('Jane');
  expect(await onboard(dataDir, 'ledger', 'verify')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('removed on purpose'),
  });

  const [first] = ledgerOf(spawned).heads;
  expect(await onboard(dataDir, 'ledger', 'prune', '--keep-days', '0')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/The ledger begins at entry \d+/),
  });
  expect(await onboard(dataDir, 'ledger', 'verify')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Whole, pruned before \d+: 1 entries\./),
  });
  expect(await onboard(dataDir, 'ledger', 'verify', '--head', `${first?.sequence}:${first?.hash}`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('was not compared'),
  });
  const { lines: exported, key, heads } = ledgerOf(spawned);
  expect(checkLedgerExport(exported, key, heads.slice(-1))).toBeNull();
  expect(JSON.parse(exported[0] ?? '')).toHaveProperty('checkpoint');
  expect(readFileSync(join(dataDir, 'ledger.head'), 'utf8')).toContain('"seq"');
});
