import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStage, ENDED, type Finding, must, seconds } from './stage';

const HOUR = 3_600_000;
/** A minute for the exit itself, then a sweep. */
const BOUND = 90_000;

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
    const out = await stage.until('the one with a passkey is out', async () => !(await stage?.isIn(proven)), 1_000);
    must(await stage.isIn(late), 'the one without a passkey has time until her deadline');
    await client.advance(HOUR);
    // The exit cannot be written down; taking her out needs no record to be safe.
    const isEmpty = async () => (await client.records()).standing.members.length === 0;
    const byDeadline = await stage.until('nobody is in past the deadline', isEmpty, 1_000);
    must(byDeadline <= BOUND, `the group was empty ${seconds(byDeadline)} after the deadline`);
    const full = stage.log().filter((line) => JSON.stringify(line).includes('STORE_FULL')).length;
    must(full > 0, 'the log says that the disk is full');

    rmSync(filler);
    const to = await stage.now();
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
        done: `with a passkey: out ${seconds(out)} later; past the deadline: both out; nothing of it could be recorded`,
        said: `to a click: "${answer?.words || `status ${answer?.status ?? 0}`}"; a request: status ${asked.status}; the log: STORE_FULL`,
        after: `out ${seconds(byDeadline)} after the deadline`,
      },
      {
        outage: '  room again',
        done: 'both closed, passes deleted, sessions ended',
        said: `"${await stage.lastWords(client.person(proven))}", "${await stage.lastWords(client.person(late))}"`,
        after: `told ${seconds(told)} after there was room`,
      },
    ];
  } finally {
    await stage?.stop();
    disk.unmount();
  }
}
