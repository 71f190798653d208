import { isOver } from '../onboarding/due';
import { startExit } from '../onboarding/exit';
import type { Onboarding } from '../onboarding/onboarding';
import { judgeRecoverStart, oldLeft } from '../onboarding/recovery';
import type { Refusal } from '../onboarding/refusal';
import { judgeApprover, judgeSecondStanding } from '../onboarding/standing';
import { judgeSubject } from '../onboarding/subject';
import { baselineTaken, opened } from '../onboarding/window';
import { commit } from './commit';
import type { Context } from './context';
import { readApproval } from './facts';
import type { Pacing } from './pacing';
import { removeOld } from './recover';
import { TenantError } from './tenant';

/** What a step came to: go on `now`, look again `soon`, or at the planned time, which `dueAt` may bring forward. */
export interface Step {
  readonly onboarding: Onboarding;
  readonly again: 'now' | 'soon' | 'planned';
  readonly dueAt?: number;
}

/** After an add that was answered, "not a member" is a read that is late; it is not added again before this, ms. */
const ADD_AGAIN = 30_000;
/** Within this of the start of its step an add is started, ms. */
const LATEST_ADD = 10_000;
const LATEST_READ = 45_000;

/**
 * One step of an opening: re-checks, baseline, into the group, read back. Level-triggered: it looks at what is there and
 * does the next thing, so it may be cut off anywhere and run again, here or after a restart.
 */
export async function openWindow(context: Context, pacing: Pacing, onboarding: Onboarding): Promise<Step> {
  const { clock, policy, tenant } = context;
  const startedAt = clock.now();
  if (isOver(onboarding, clock.now())) return end(context, onboarding, 'lapsed', 'deadline-while-opening');

  // Paused after the click: nobody is added any more. Whoever was added already is in a window, and windows go on.
  if (!onboarding.baseline && (await context.store.paused())) return end(context, onboarding, 'stopped', 'paused');
  const approver = onboarding.approvedBy;
  if (!approver) return end(context, onboarding, 'stopped', 'no-approval');
  const subject = onboarding.subject.id;
  try {
    const [facts, member, passPolicy, methods] = await Promise.all([
      readApproval(context, onboarding, approver.id),
      tenant.isMember(subject),
      tenant.passPolicy(),
      onboarding.baseline ? null : tenant.methods(subject),
    ]);
    const refusal = !facts
      ? 'nobody-found'
      : why(
          judgeApprover(onboarding, approver.id, facts.decider, policy) ??
            judgeSecondStanding(onboarding, facts.second, policy),
          judgeSubject(facts.subject, onboarding.reason, policy),
          onboarding,
        );
    if (refusal) return end(context, onboarding, 'stopped', refusal);
    const found = facts?.subject.passkeys ?? [];
    const start = onboarding.baseline ? null : judgeRecoverStart(onboarding, found, policy);
    // She found a way herself meanwhile. One that has to be removed by hand is waited for, below.
    if (start && start.code === 'has-passkey') return end(context, onboarding, 'stopped', start.code);
    // A multi-use pass is what all of this is for: without one the exemption would only be a hole.
    if (!passPolicy.enabled || passPolicy.forcesOneTime) return end(context, onboarding, 'stopped', 'pass-policy');

    let current = onboarding;
    if (methods) {
      // Somebody else put her there: not ours to adopt. The exit takes her out and says so.
      if (member) return end(context, onboarding, 'stopped', 'already-member');
      const based = await commit(context, current, (now) =>
        baselineTaken(now, { takenAt: clock.now(), ...methods }, clock.now()),
      );
      if (!based.ok) return { onboarding: based.onboarding, again: 'now' };
      current = based.onboarding;
    }
    // Before the add: while the old one is registered, sign-in may ask for it instead of the new one (Entra does).
    const key = `${onboarding.id}/added`;
    const added = member || pacing.noted(key) !== undefined;
    // "Gone" may have been read where the news came late. Whoever sees one of them there keeps everybody waiting.
    if (!added && current.recovery?.goneAt !== undefined && oldLeft(current, found).length > 0)
      return { onboarding: current, again: 'soon' };
    const removed = await removeOld(context, current, [...found, ...(methods?.methods ?? [])]);
    if (removed.recovery && removed.recovery.goneAt === undefined) return { onboarding: removed, again: 'soon' };
    current = removed;
    // The reads took time: a stop that was committed meanwhile must not find her added after its own look.
    const newest = await context.store.load(onboarding.id);
    if (newest?.state !== 'opening') return { onboarding: newest ?? current, again: 'planned' };
    // With its retries an add may take forty seconds; started late it could outlive the lease, and land after an exit.
    if (clock.now() - startedAt > LATEST_ADD) return { onboarding: current, again: 'soon' };
    if (!member && clock.now() - (pacing.noted(key) ?? Number.NEGATIVE_INFINITY) >= ADD_AGAIN) {
      await tenant.addMember(subject, current.deadline ?? clock.now());
      pacing.note(key, clock.now());
    }
    const late = clock.now() - startedAt > LATEST_READ;
    if (late || !(await tenant.isMember(subject))) return { onboarding: current, again: 'soon' };

    const done = await commit(context, current, (now) => opened(now, clock.now()));
    return { onboarding: done.onboarding, again: 'now' };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    // What asking again cannot mend ends here, before or after the add; the exit takes back whatever took effect.
    if (error.kind === 'denied' || error.kind === 'rejected' || error.kind === 'not-found') {
      context.log.error({
        event: 'opening-refused',
        code: error.code,
        operation: error.operation,
        hint: error.hint,
        requestId: error.detail.requestId,
      });
      return end(context, onboarding, 'stopped', error.code);
    }
    throw error;
  }
}

function why(
  approver: Refusal | null,
  subject: ReturnType<typeof judgeSubject>,
  onboarding: Onboarding,
): string | null {
  if (approver) return approver.code;
  if ('refusal' in subject) return subject.refusal.code;
  return subject.privileged && !onboarding.secondApprovedBy ? 'awaiting-second' : null;
}

async function end(
  context: Context,
  onboarding: Onboarding,
  outcome: 'lapsed' | 'stopped',
  finding: string,
): Promise<Step> {
  const { clock, policy } = context;
  const ended = await commit(context, onboarding, (now) =>
    startExit(now, outcome, 'onboard', policy, clock.now(), finding),
  );
  return { onboarding: ended.onboarding, again: 'now' };
}
