import { mustEndDenied } from '../onboarding/deny';
import { dueAt as dueOf, isOver, mintUnderWay } from '../onboarding/due';
import { type Onboarding, reference } from '../onboarding/onboarding';
import type { Context } from './context';
import { endDenied } from './end-denied';
import { inLane } from './lanes';
import { leave } from './leave';
import { lookAfter } from './look-after';
import { openWindow, type Step } from './open-window';
import { createPacing } from './pacing';
import { whileWaiting } from './recover';
import { createRejudge } from './rejudge';
import { settleMint } from './settle-mint';
import { TenantError } from './tenant';
import { waitForPeople } from './wait';
import { nextLook, timePasses, watchPasskeys } from './watch-passkeys';
import { isUnwritable, type WithoutStore } from './without-store';

/**
 * A lease outlives any one step: every call has a timeout of ten seconds, the parts of an exit make four in a row at the
 * most, and an opening stops in time by itself. It is also how long the work of an instance that died may lie about.
 */
const LEASE = 60_000;
/** A step is followed by another in the same lease only within this time of its start, ms. */
const FOLLOW_ON = 15_000;
/** Onboardings at work at once. Graph budgets are per tenant; this only bounds memory and sockets. */
const AT_ONCE = 40;
/** Open windows looked at at once, besides: however many there are, they take no place of an exit. */
const LOOKS_AT_ONCE = 60;
/** As many looks as go in one request; fewer are begun together only where fewer are due. */
const LOOKS_TOGETHER = 20;
/** Another instance's commits are found by looking; also the longest sleep when a due time was missed. */
const LOOK_EVERY = 1_000;
/** Others are told that this instance is at work at least this often, ms; well inside the 15 s after which they take over. */
const ALIVE_EVERY = 4_000;
/** Steps in one go before the lease is given back, so that one onboarding cannot hold the worker. */
const STEPS = 12;
/** The longest wait of an opening whose add is not to be read yet, ms. */
const MOST_SOON = 5_000;
/** A proof that one read did not show is looked for again after this. */
const PROOF_AGAIN = 5_000;
const BACKOFF = { first: 500, exits: 10_000, others: 60_000 } as const;

export interface Worker {
  start(): void;
  /** Something was committed: look now. */
  wake(): void;
  /** Runs the next step of one onboarding at once, or waits while another has it; until it is no longer opening. */
  run(id: string, until: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Looks at what is due, compares it with what the tenant says, moves it on. There is no queue to lose: a crash leaves a
 * due onboarding with a lease that runs out. `mayOpen` holds openings back until the first sweep; exits never wait.
 */
export function createWorker(context: Context, mayOpen: () => boolean, withoutStore: WithoutStore): Worker {
  const { store, clock, log, owner } = context;
  const [exits, clicks] = [inLane(context, 'exit'), inLane(context, 'click')];
  const [watching, later] = [inLane(context, 'watch'), inLane(context, 'later')];
  const failures = new Map<string, number>();
  const pacing = createPacing();
  const rejudge = createRejudge(watching);
  const tasks = new Set<Promise<void>>();
  /**
   * What this process works on, by id. A clock that jumps, or a machine that slept, ends a lease while its step goes on:
   * the store would give us the same work once more.
   */
  const inHand = new Map<string, symbol>();
  const working = { steps: 0, looks: 0 };
  /** The tenant takes no looks now; who is due keeps their place in the line meanwhile. */
  let heldUntil = 0;
  let stopping = false;
  /** The store cannot be written. */
  let troubled = false;
  /** Something went wrong that is not the tenant's. It may be the store, or a defect of ours that must not act for it. */
  let doubted = false;
  let aliveAt = Number.NEGATIVE_INFINITY;
  let woken = new AbortController();
  let loop: Promise<void> = Promise.resolve();

  async function step(onboarding: Onboarding): Promise<Step> {
    switch (onboarding.state) {
      case 'requested':
      case 'approved':
        return whileWaiting(context, await waitForPeople(later, onboarding));
      case 'opening':
        return mayOpen() || isOver(onboarding, clock.now())
          ? openWindow(clicks, pacing, onboarding)
          : { onboarding, again: 'soon' };
      case 'open':
        return lapseOrWatch(onboarding);
      case 'closing':
        return leave(exits, pacing, onboarding);
      case 'closed':
        return mustEndDenied(onboarding) ? endDenied(context, onboarding) : lookAfter(later, onboarding);
    }
  }

  async function lapseOrWatch(onboarding: Onboarding): Promise<Step> {
    const steps = await watchPasskeys(watching, [onboarding]);
    const looked = steps.get(onboarding.id) ?? { onboarding, again: 'planned' as const };
    if (looked instanceof TenantError) throw looked;
    return looked;
  }

  /** Runs steps until the next one lies in the future. A window that just opened is left to the approver's click. */
  async function advance(claimed: Onboarding, first?: Step): Promise<void> {
    let current = claimed;
    let dueAt: number | undefined;
    try {
      let taken = first ?? (await step(claimed));
      if (taken.again === 'planned') taken = (await rejudge(taken.onboarding)) ?? taken;
      if (taken.onboarding.state === 'open')
        taken = { ...taken, onboarding: await settleMint(exits, taken.onboarding) };
      const until = clock.now() + FOLLOW_ON;
      for (let n = 1; n < STEPS && taken.again === 'now' && !settledIn(taken.onboarding) && clock.now() < until; n++)
        taken = await step(taken.onboarding);
      current = taken.onboarding;
      failures.delete(current.id);
      dueAt =
        taken.again === 'soon' ? pacing.again(`${current.id}/${current.state}`, clock.now(), MOST_SOON) : taken.dueAt;
    } catch (error) {
      current = (await store.load(claimed.id)) ?? claimed;
      dueAt = await retryAt(current, error);
    }
    dueAt = plan(current, dueAt);
    await giveBack(current.id, dueAt === undefined ? undefined : { version: current.version, dueAt });
  }

  /** No longer ours before the lease ends: what somebody claims from then on has to be taken up, not passed over. */
  async function giveBack(id: string, next?: { readonly version: number; readonly dueAt: number }): Promise<void> {
    inHand.delete(id);
    await store.release(id, owner, next);
  }

  function settledIn(onboarding: Onboarding): boolean {
    if (onboarding.state === 'open' || onboarding.state === 'closed') return true;
    return (
      onboarding.state === 'closing' && onboarding.exit?.leftAt !== undefined && clock.now() < onboarding.exit.settleAt
    );
  }

  function plan(onboarding: Onboarding, dueAt: number | undefined): number | undefined {
    switch (onboarding.state) {
      case 'requested':
      case 'approved':
        return dueAt ?? dueOf(onboarding, context.policy, clock.now());
      case 'opening':
        // Whatever wait the tenant asks for, the deadline does not wait.
        return Math.min(dueAt ?? clock.now(), onboarding.deadline ?? clock.now());
      case 'open':
        return dueAt ?? nextLook(onboarding, context.pace, clock.now());
      case 'closing': {
        const { exit } = onboarding;
        if (exit?.leftAt !== undefined && clock.now() < exit.settleAt) return exit.settleAt;
        // Everything else is read; only the lease of a mint that was cut off has to run out.
        const waitsForMint =
          exit?.leftAt !== undefined && exit.sessionsRevokedAt !== undefined && mintUnderWay(onboarding, clock.now());
        const waitsForProof =
          exit?.passGoneAt !== undefined &&
          exit.sessionsRevokedAt !== undefined &&
          exit.proofMissedAt !== undefined &&
          exit.methodsReadAt === undefined;
        if (waitsForProof) return Math.max(dueAt ?? 0, clock.now() + PROOF_AGAIN);
        return waitsForMint ? (onboarding.mintingUntil ?? 0) + 1 : (dueAt ?? clock.now());
      }
      case 'closed':
        return dueAt ?? onboarding.dueAt;
    }
  }

  async function retryAt(onboarding: Onboarding, error: unknown): Promise<number> {
    const count = (failures.get(onboarding.id) ?? 0) + 1;
    failures.set(onboarding.id, count);
    const exit = onboarding.state === 'closing' || isOver(onboarding, clock.now());
    const cap = exit ? BACKOFF.exits : BACKOFF.others;
    const backoff = Math.min(BACKOFF.first * 2 ** Math.min(count - 1, 10), cap);
    if (error instanceof TenantError) {
      log.warn({
        event: 'step-failed',
        onboarding: reference(onboarding),
        state: onboarding.state,
        code: error.code,
        operation: error.operation,
        hint: error.hint,
        requestId: error.detail.requestId,
        count,
      });
      return clock.now() + Math.max(backoff, error.detail.retryAfter ?? 0);
    }
    doubt(error);
    log.error({
      event: 'step-broken',
      onboarding: reference(onboarding),
      state: onboarding.state,
      count,
      error: error instanceof Error ? error.stack : String(error),
    });
    return clock.now() + backoff;
  }

  async function watchTogether(open: readonly Onboarding[]): Promise<void> {
    let looked: Awaited<ReturnType<typeof watchPasskeys>> | null = null;
    let failed: unknown = null;
    try {
      looked = await watchPasskeys(watching, open);
    } catch (error) {
      failed = error;
    }
    const done = await Promise.allSettled(
      open.map(async (onboarding) => {
        const result = looked?.get(onboarding.id) ?? failed;
        if (result && typeof result === 'object' && 'again' in result) return advance(onboarding, result as Step);
        // The deadline does not wait for a tenant that does not answer, and neither does a reminder.
        const passed = await timePasses(context, onboarding);
        if (passed.onboarding.state !== 'open') return advance(onboarding, passed);
        if (result instanceof TenantError && result.kind === 'throttled') {
          holdLooks(result.detail.retryAfter ?? LOOK_EVERY);
          return giveBack(onboarding.id);
        }
        const dueAt = await retryAt(onboarding, result);
        return giveBack(onboarding.id, {
          version: passed.onboarding.version,
          dueAt: Math.min(dueAt, onboarding.deadline ?? dueAt),
        });
      }),
    );
    for (const one of done) if (one.status === 'rejected') broken(one.reason);
  }

  function broken(error: unknown): void {
    doubt(error);
    log.error({ event: 'worker-broken', error: error instanceof Error ? error.stack : String(error) });
  }

  function doubt(error: unknown): void {
    if (isUnwritable(error)) troubled = true;
    else doubted = true;
  }

  /** Asks the store itself, by what is written every few seconds anyway. */
  async function canWrite(now: number): Promise<boolean> {
    try {
      await store.alive(owner, now);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * With more open windows than the budget has looks for, each is looked at less often, all alike. Putting off each of
   * them by itself would look at some again and again, and leave others to their luck.
   */
  function holdLooks(ms: number): void {
    const until = clock.now() + ms;
    heldUntil = holdLeft() > 0 ? Math.min(heldUntil, until) : until;
  }

  /** How long looks are held, ms. */
  function holdLeft(): number {
    return Math.max(0, heldUntil - clock.now());
  }

  async function claim(now: number): Promise<Record<'steps' | 'looks', readonly Onboarding[]>> {
    const places = AT_ONCE - working.steps;
    const room = LOOKS_AT_ONCE - working.looks;
    const steps = places > 0 ? await store.claimDue(now, now + LEASE, owner, places, 'steps') : [];
    const mayLook = room >= LOOKS_TOGETHER && holdLeft() === 0;
    const looks = mayLook ? await store.claimDue(now, now + LEASE, owner, room, 'looks') : [];
    // Not when every place is taken: steps that never end are no progress.
    if (places > 0 && room > 0) context.progressed?.('worker');
    const free = (due: readonly Onboarding[]) => due.filter(({ id }) => !inHand.has(id));
    return { steps: free(steps), looks: free(looks) };
  }

  function launch(kind: keyof typeof working, taken: readonly Onboarding[], work: () => Promise<void>): void {
    working[kind] += taken.length;
    const hold = Symbol();
    for (const { id } of taken) inHand.set(id, hold);
    const task = work()
      .catch(broken)
      .finally(() => {
        working[kind] -= taken.length;
        for (const { id } of taken) if (inHand.get(id) === hold) inHand.delete(id);
        tasks.delete(task);
        wake();
      });
    tasks.add(task);
  }

  function wake(): void {
    woken.abort();
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = new AbortController();
      let claimed: Awaited<ReturnType<typeof claim>>;
      try {
        const now = clock.now();
        if (troubled || (doubted && !(await canWrite(now)))) await withoutStore.act();
        troubled = false;
        doubted = false;
        if (now >= aliveAt + ALIVE_EVERY) {
          await store.alive(owner, now);
          await withoutStore.catchUp();
          aliveAt = now;
        }
        claimed = await claim(now);
      } catch (error) {
        log.error({ event: 'store-unavailable', error: error instanceof Error ? error.message : String(error) });
        troubled = true;
        await clock.sleep(LOOK_EVERY);
        continue;
      }
      const { steps, looks } = claimed;
      for (const onboarding of steps) {
        // At its deadline a window is looked at once more, and ends whatever that says.
        const over = onboarding.state === 'open';
        launch('steps', [onboarding], () => (over ? watchTogether([onboarding]) : advance(onboarding)));
      }
      if (looks.length > 0) launch('looks', looks, () => watchTogether(looks));
      if (steps.length + looks.length === 0)
        await clock.sleep(Math.min(LOOK_EVERY, holdLeft() || LOOK_EVERY), woken.signal);
    }
  }

  return {
    start() {
      loop = run();
    },
    wake,
    async run(id, until) {
      while (!stopping && clock.now() < until) {
        const now = clock.now();
        if (!inHand.has(id) && (await store.lease(id, now, now + LEASE, owner))) {
          const hold = Symbol();
          inHand.set(id, hold);
          try {
            const current = await store.load(id);
            // A step that failed is not due yet: a click that waits must not hammer a tenant that is in trouble.
            if (current?.state === 'opening' && (current.dueAt ?? 0) <= now) await advance(current);
            else await giveBack(id);
          } finally {
            if (inHand.get(id) === hold) inHand.delete(id);
          }
        }
        const after = await store.load(id);
        if (after?.state !== 'opening') return;
        await clock.sleep(25);
      }
    },
    async stop() {
      stopping = true;
      wake();
      await loop;
      // What is cut off here is taken up after the next start; nothing waits for ever for a tenant that hangs.
      await Promise.race([Promise.allSettled([...tasks]), clock.sleep(10_000)]);
    },
  };
}
