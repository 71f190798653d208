import type { ApprovalFacts } from '../onboarding/approval';
import { refuse } from '../onboarding/decision';
import { entry } from '../onboarding/moved';
import type { Onboarding } from '../onboarding/onboarding';
import { reference } from '../onboarding/onboarding';
import { MINUTE } from '../onboarding/policy';
import { mayShowPass, minted, mintFailed, passDeleted, startMint, startOpening } from '../onboarding/window';
import { commit } from './commit';
import type { Context } from './context';
import type { PassAnswer } from './onboardings';
import { type PassPolicy, TenantError } from './tenant';

/** The click waits this long for the window to open; then the approver presses again (the worker goes on). */
const WAIT_FOR_WINDOW = 2_000;
/** Teams gives an invoke about 5 s. A mint is started only with this much left, and shown only before the end. */
const ANSWER_BY = 4_000;
const NEEDED_TO_MINT = 1_500;
const NEEDED_TO_CREATE = 1_000;
/** For this long after the add, "out of the pass policy's scope" may only mean that the add has not arrived there. */
const SCOPE_REPLICATES = 5 * MINUTE;

/**
 * The approver's click: opens the window if it is not open, then mints. The mint is the one effect that happens inside
 * the request, because its result may be stored nowhere. `openWindow` is the worker's own step, the one recovery runs.
 */
export async function showPass(
  context: Context,
  onboarding: Onboarding,
  facts: ApprovalFacts,
  startedAt: number,
  openWindow: (id: string, until: number) => Promise<void>,
): Promise<PassAnswer> {
  const { clock, policy, store } = context;
  const may = mayShowPass(onboarding, facts, policy, clock.now());
  if ('refusal' in may && may.refusal.code !== 'getting-ready')
    return { kind: 'refused', refusal: may.refusal, onboarding };

  let current = onboarding;
  if ('step' in may && may.step === 'open') {
    if (await store.paused()) return { kind: 'refused', refusal: { code: 'paused' }, onboarding };
    const opening = await commit(context, onboarding, (now) => startOpening(now, policy, clock.now()));
    if (!opening.ok) return { kind: 'refused', refusal: opening.refusal, onboarding: opening.onboarding };
    current = opening.onboarding;
  }
  if (current.state === 'opening') {
    const left = Math.min(WAIT_FOR_WINDOW, startedAt + ANSWER_BY - NEEDED_TO_MINT - clock.now());
    await openWindow(current.id, clock.now() + left);
    current = (await store.load(current.id)) ?? current;
  }

  const again = mayShowPass(current, facts, policy, clock.now());
  if ('refusal' in again) return { kind: 'refused', refusal: again.refusal, onboarding: current };
  if (again.step !== 'mint' || clock.now() > startedAt + ANSWER_BY - NEEDED_TO_MINT) {
    return { kind: 'refused', refusal: { code: 'getting-ready' }, onboarding: current };
  }
  return mint(context, current, facts, startedAt + ANSWER_BY);
}

/**
 * Look, delete an old pass, create, commit, show. `mintingUntil`, committed first, is the lease: nobody else mints until
 * then, and an exit does not believe "no pass" before it. Whatever goes wrong, no second live pass.
 */
async function mint(
  context: Context,
  onboarding: Onboarding,
  facts: ApprovalFacts,
  answerBy: number,
): Promise<PassAnswer> {
  const { clock } = context;
  const started = await commit(context, onboarding, (current) => {
    // Another click minted meanwhile: this one is its double, and a second pass would kill the one just shown.
    if (current.passesStarted !== onboarding.passesStarted) return refuse({ code: 'getting-ready' });
    const may = mayShowPass(current, facts, context.policy, clock.now());
    return 'refusal' in may ? refuse(may.refusal) : startMint(current, clock.now());
  });
  if (!started.ok) return { kind: 'refused', refusal: started.refusal, onboarding: started.onboarding };
  const number = started.onboarding.passesStarted;
  try {
    return await create(context, started.onboarding, answerBy);
  } catch (error) {
    // An answer that was lost may still become a pass; only the lease's end makes the next look safe.
    if (!(error instanceof TenantError) || error.kind === 'unknown') throw error;
    const failed = await commit(context, started.onboarding, (current) =>
      mintFailed(current, number, error.code, clock.now()),
    );
    // A pass policy that is scoped to the onboarding group does not know of her membership yet; it takes minutes.
    const fresh = clock.now() - (onboarding.memberAt ?? 0) < SCOPE_REPLICATES;
    const waits = error.code === 'GRAPH_TAP_SCOPE' && fresh;
    // The one that is on somebody's note was deleted to make room: "nothing changed" would be a lie.
    if (onboarding.pass && !failed.onboarding.pass && failed.onboarding.state === 'open') {
      context.log.warn({
        event: 'pass-not-replaced',
        onboarding: reference(onboarding),
        code: error.code,
        hint: error.hint,
      });
      return { kind: 'refused', refusal: { code: 'earlier-pass-gone' }, onboarding: failed.onboarding };
    }
    if (!waits) throw error;
    return { kind: 'refused', refusal: { code: 'getting-ready' }, onboarding: failed.onboarding };
  }
}

async function create(context: Context, onboarding: Onboarding, answerBy: number): Promise<PassAnswer> {
  const { clock, tenant, store, log } = context;
  const subject = onboarding.subject.id;
  const number = onboarding.passesStarted;

  const [old, passPolicy] = await Promise.all([tenant.passes(subject), tenant.passPolicy()]);
  for (const pass of old) {
    const result = await tenant.deletePass(subject, pass.id);
    if (pass.id !== onboarding.pass?.id) await note('pass-deleted', pass.id);
    else if (result === 'deleted') await commit(context, onboarding, (now) => passDeleted(now, pass.id, clock.now()));
  }
  // A creation that is sent too late would land in a case that has moved on, or be a pass that nobody is shown.
  const newest = await store.load(onboarding.id);
  const stands = newest?.state === 'open' && newest.passesStarted === number;
  if (!stands || clock.now() > answerBy - NEEDED_TO_CREATE) return notCreated('too-late');
  const lifetimeMinutes = lifetime(onboarding, passPolicy, clock.now());
  const answer = await tenant.createPass(
    subject,
    lifetimeMinutes,
    AbortSignal.timeout(Math.max(answerBy - clock.now(), 1)),
  );

  const { record } = answer;
  const validUntil = Math.min(clock.now() + lifetimeMinutes * MINUTE, onboarding.deadline ?? Number.MAX_SAFE_INTEGER);
  const usable = record.usable && !record.usableOnce;
  if (usable && clock.now() <= answerBy) {
    const kept = await commit(context, onboarding, (current) =>
      minted(current, { number, id: record.id, validUntil }, clock.now()),
    );
    if (kept.ok) return { kind: 'pass', pass: answer.pass, onboarding: kept.onboarding };
    await discard('moved-on');
    return { kind: 'refused', refusal: kept.refusal, onboarding: kept.onboarding };
  }
  await discard(usable ? 'too-late' : 'not-usable');
  if (!usable)
    throw new TenantError(
      'rejected',
      'PASS_NOT_USABLE',
      'create pass',
      'The Temporary Access Pass policy makes every pass one-time or unusable: allow multi-use passes.',
    );
  return notCreated('too-late');

  /** Unseen, and gone again. Where the deletion fails the error goes up, and count and lease stay as they are. */
  async function discard(reason: string): Promise<void> {
    log.warn({ event: 'pass-discarded', onboarding: reference(onboarding), number, reason });
    await note('pass-discard-intended', record.id);
    try {
      await tenant.deletePass(subject, record.id);
    } catch (error) {
      if (!(error instanceof TenantError)) throw error;
      throw new TenantError('unknown', error.code, error.operation, error.hint, error.detail);
    }
    await note('pass-deleted', record.id);
  }

  async function notCreated(why: string): Promise<PassAnswer> {
    const failed = await commit(context, onboarding, (current) => mintFailed(current, number, why, clock.now()));
    return { kind: 'refused', refusal: { code: 'getting-ready' }, onboarding: failed.onboarding };
  }

  async function note(event: string, pass: string): Promise<void> {
    await store.record(onboarding.id, [entry(clock.now(), { onboard: 'worker' }, event, { number, pass })]);
  }
}

/** Minutes until the deadline, inside what the tenant's policy allows. What outlives the window is deleted at its exit. */
function lifetime(onboarding: Onboarding, policy: PassPolicy, now: number): number {
  const left = Math.ceil(((onboarding.deadline ?? now) - now) / MINUTE);
  return Math.min(Math.max(left, policy.minimumMinutes), policy.maximumMinutes);
}
