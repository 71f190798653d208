import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireInstanceLock, InstanceLockedError } from '../../bot/store/instance-lock';
import { openStore } from '../../bot/store/open-store';
import { Program, type Running } from './child-process';
import { LEDGER_KEY, World } from './engines';

describe('the instance lock', () => {
  let program: Program;
  let dataDir: string;

  beforeAll(() => {
    program = new Program('locking-child.ts');
  });
  afterAll(() => program.remove());
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'onboard-lock-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const refusal = () => {
    try {
      acquireInstanceLock(dataDir).release();
    } catch (error) {
      return error;
    }
  };

  const holder = () =>
    new Promise<Running>((resolve) => {
      const child: Running = program.run([dataDir], () => resolve(child));
    });

  it('is refused while another process has it, says who, and is free the moment that one is killed', async () => {
    const child = await holder();
    const refused = refusal();
    expect(refused).toBeInstanceOf(InstanceLockedError);
    expect(refused).toMatchObject({ code: 'INSTANCE_LOCKED', holder: { host: hostname(), pid: child.pid } });
    expect((refused as Error).message).toContain(`process ${child.pid} on ${hostname()}`);

    child.kill();
    await child.ended;
    const lock = acquireInstanceLock(dataDir);
    expect(lock.holder.pid).toBe(process.pid);
    lock.release();
  });

  it('lets the command line open the store beside an instance', async () => {
    const child = await holder();
    const { store, close } = await openStore({ dataDir }, { ledgerKey: LEDGER_KEY, ...new World() });
    expect(await store.list(1)).toEqual([]);
    await close();
    expect(refusal()).toBeInstanceOf(InstanceLockedError);
    child.kill();
    await child.ended;
  });

  it('is held once in a process as well, and taken again after it was released', () => {
    const lock = acquireInstanceLock(dataDir, 86_400_000);
    expect((refusal() as Error).message).toContain('since 1970-01-02T00:00:00.000Z');
    lock.release();
    lock.release();
    expect(existsSync(join(dataDir, 'instance.json'))).toBe(false);
    expect(refusal()).toBeUndefined();
  });

  it('keeps its files to their owner, and makes the directory so', () => {
    const made = join(dataDir, 'made', 'here');
    const lock = acquireInstanceLock(made);
    expect(statSync(made).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(made))
      expect([file, statSync(join(made, file)).mode & 0o777]).toEqual([file, 0o600]);
    lock.release();
  });
});
