import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..', '..');

/** A script of this folder as a program of its own: product code in a process that can be killed. */
export class Program {
  readonly #folder = mkdtempSync(join(tmpdir(), 'onboard-child-'));
  readonly #file = join(this.#folder, 'child.cjs');
  readonly #children = new Set<ChildProcess>();

  constructor(script: string) {
    buildSync({
      entryPoints: [join(__dirname, script)],
      outfile: this.#file,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      logLevel: 'error',
    });
  }

  /** Starts it. `line` is called with each line it prints. */
  run(args: readonly string[], line: (text: string) => void): Running {
    const child = spawn(process.execPath, [this.#file, ...args], {
      env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.add(child);
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const one of lines) line(one);
    });
    const ended = new Promise<number | null>((resolve) => {
      child.on('close', (code) => {
        this.#children.delete(child);
        resolve(code);
      });
    });
    return { pid: child.pid ?? -1, kill: () => void child.kill('SIGKILL'), ended };
  }

  remove(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true });
  }
}

export interface Running {
  readonly pid: number;
  kill(): void;
  readonly ended: Promise<number | null>;
}
