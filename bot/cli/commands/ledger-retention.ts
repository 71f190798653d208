import { systemClock } from '../../clock';
import { readStoreConfig } from '../../config';
import { CliError, EXIT } from '../exit-codes';
import { operator } from '../operator';
import type { Output } from '../output';
import { readNumber } from '../read-number';
import { useStore } from '../use-store';
import { when } from '../when';

const DAY = 86_400_000;

export interface PruneOptions {
  /** A date, like 2026-01-31 or with a time. */
  readonly before?: string;
  readonly keepDays?: number;
}

/**
 * Removes names and words of what ended before then, and the oldest entries of the ledger. Where the ledger begins from
 * now on is signed, so that it still verifies. A ledger that is not whole is left as it is.
 */
export async function pruneLedger(env: NodeJS.ProcessEnv, output: Output, options: PruneOptions): Promise<number> {
  const before = cutOf(options, systemClock.now());
  const actor = { operator: operator() };
  return useStore(readStoreConfig(env), async ({ ledger, retention }) => {
    const verified = await ledger.verify();
    if (!verified.whole) {
      output.result(`BROKEN at entry ${verified.brokenAt}. Nothing was removed; \`onboard ledger verify\` says more.`);
      return EXIT.ledgerBroken;
    }
    const forgotten = await retention.forget(before, actor);
    const { entries, firstKept } = await retention.prune(before, actor);
    output.result(`Before ${when(before)}: names removed from ${forgotten} onboardings, ${entries} entries removed.`);
    if (entries > 0)
      output.result(`The ledger begins at entry ${firstKept}. Heads from before can no longer be compared.`);
    return EXIT.done;
  });
}

/** Removes the names and words of one onboarding, because somebody asked for it. */
export async function forgetOnboarding(env: NodeJS.ProcessEnv, output: Output, which: string): Promise<void> {
  const number = readNumber(which);
  await useStore(readStoreConfig(env), async ({ store, retention }) => {
    const onboarding = await store.loadByNumber(number);
    if (!onboarding) throw new CliError(`There is no ONB-${number}.`);
    if (onboarding.state !== 'closed' || onboarding.dueAt !== undefined)
      throw new CliError(`ONB-${number} is not over: its people still have to be named, aftercare included.`);
    const done = await retention.forgetOne(onboarding.id, { operator: operator() });
    output.result(done ? `ONB-${number} names nobody any more.` : `ONB-${number} named nobody any more already.`);
  });
}

function cutOf({ before, keepDays }: PruneOptions, now: number): number {
  if ((before === undefined) === (keepDays === undefined))
    throw new CliError('Say how far: --before 2026-01-31, or --keep-days 365.', EXIT.usage);
  if (keepDays !== undefined) return now - keepDays * DAY;
  const at = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(before ?? '') ? Date.parse(before ?? '') : Number.NaN;
  if (Number.isNaN(at)) throw new CliError('--before is a date, like 2026-01-31 or 2026-01-31T12:00Z.', EXIT.usage);
  if (at > now) throw new CliError('--before lies in the future.', EXIT.usage);
  return at;
}
