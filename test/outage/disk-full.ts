import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStage, ENDED, type Finding, must, pause, seconds } from './stage';

const HOUR = 3_600_000;

/** A file system of 8 MB in memory; `null` where this account may not mount one. */
function mountSmall(): { readonly dir: string; readonly unmount: () => void } | null {
  const dir = mkdtempSync(join(tmpdir(), 'onboard-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=700', 'onboard-disk', dir], { stdio: 'pipe' });
  } catch {
    rmdirSync(dir);
    return null;
  }
  const unmount = () => {
    execFileSync('umount', ['-l', dir]);
    rmdirSync(dir);
  };
  return { dir, unmount };
}

/** Writes until there is no room left. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [65_536, 4_096, 512]) {
      for (const block = Buffer.alloc(size); ; ) {
        try {
          if (writeSync(file, block) < size) break;
        } catch {
          break;
        }
      }
    }
  } finally {
    closeSync(file);
  }
}

/** The disk that the embedded database is on fills up, and has room again. */
export async function diskFull(): Promise<Finding[] | { readonly missing: string }> {
  const disk = mountSmall();
  if (!disk) return { missing: 'a small file system cannot be mounted here (mount -t tmpfs was refused)' };
  const filler = join(disk.dir, 'filler');
  let stage: Awaited<ReturnType<typeof createStage>> | undefined;
  try {
    stage = await createStage(2, { DATA_DIR: disk.dir });
    const { client, keys } = stage;
    const [proven, late] = keys as [string, string];
    for (const key of keys) await stage.request(key);
    const pass = await stage.open(proven);
    await stage.open(late);

    const from = await stage.now();
    fill(filler);
    const asked = await stage.priya.say('@onboard jane.doe@northwind.example');
    const answer = await stage.press(late, 'show-pass');
    must(!/\b\d{4,}\b/.test(answer?.words ?? ''), 'no pass is shown that could not be written down');
    await stage.register(proven, pass);
    await pause(4_000);
    const out = !(await stage.isIn(proven));
    await client.advance(HOUR + 1_000);
    await pause(4_000);
    const lateOut = !(await stage.isIn(late));
    const full = stage.log().filter((line) => JSON.stringify(line).includes('STORE_FULL')).length;
    must(full > 0, 'the log says that the disk is full');

    rmSync(filler);
    const to = await stage.now();
    const empty = await stage.until(
      'the group is empty',
      async () => stage && (await stage.members()).length === 0,
      500,
    );
    const told = await stage.until(
      'both are told',
      async () => stage && (await Promise.all(keys.map((key) => stage?.told(key, ENDED)))).every(Boolean),
      1_000,
    );
    await stage.mustNotHaveDied();
    await stage.mustKeepPromises([{ from, to: to + 30_000 }], 30_000);
    await stage.verifyLedger();
    return [
      {
        outage: 'disk full, SQLite, 2 windows',
        done: `with a passkey: ${out ? 'out' : 'still in'}; past the deadline: ${lateOut ? 'out' : 'still in, until there is room or the watchdog acts'}`,
        said: `to a click: "${answer?.words || `status ${answer?.status ?? 0}`}"; a request: status ${asked.status}; the log: STORE_FULL`,
        after: 'at once',
      },
      {
        outage: '  room again',
        done: 'both out of the group and closed',
        said: `"${await stage.lastWords(client.person(proven))}", "${await stage.lastWords(client.person(late))}"`,
        after: `out ${seconds(empty)}, told ${seconds(empty + told)} after there was room`,
      },
    ];
  } finally {
    await stage?.stop();
    disk.unmount();
  }
}
