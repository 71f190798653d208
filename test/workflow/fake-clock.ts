import { type Clock, steady } from '../../bot/clock';

/**
 * A clock that stands still until it is moved; sleepers wake when their time has come. It is steady as the product's own
 * is: `setBack` moves the wall clock behind it, while time itself, which the tenant and the sleepers go by, runs on.
 */
export class FakeClock implements Clock {
  #wall: number;
  #real: number;
  readonly #steady: () => number;
  readonly #sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  constructor(start: number, real = start) {
    this.#wall = start;
    this.#real = real;
    this.#steady = steady(
      () => this.#wall,
      () => this.#real,
    );
  }

  now = (): number => this.#steady();

  /** What a clock on another machine says, that nobody sets. */
  real = (): number => this.#real;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = {
        at: this.#real + Math.max(ms, 0),
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake, { once: true });
    });

  /** Moves time in steps, letting everything that wakes run in between, so that nothing sees time jump over it. */
  async advance(ms: number, step = 1_000): Promise<void> {
    const end = this.#real + ms;
    while (this.#real < end) {
      const move = Math.min(step, end - this.#real);
      this.#real += move;
      this.#wall += move;
      for (const sleeper of [...this.#sleepers]) if (sleeper.at <= this.#real) sleeper.wake();
      await settle();
    }
  }

  /** Time jumps, as after a machine slept. */
  async jump(ms: number): Promise<void> {
    await this.advance(ms, ms);
  }

  /** Somebody sets the wall clock back, or forward with a negative number. No time passes. */
  setBack(ms: number): void {
    this.#wall -= ms;
  }

  /** The same wall clock after a restart: a process does not know what another one has seen. */
  restarted(): FakeClock {
    return new FakeClock(this.#wall, this.#real);
  }
}

/** Lets promises and the store's own work run until nothing is left to do for now. */
export async function settle(rounds = 12): Promise<void> {
  for (let round = 0; round < rounds; round++) await new Promise((resolve) => setImmediate(resolve));
}
