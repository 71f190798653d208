import { addedSince } from '../onboarding/added';
import { aftercareFindings, aftercareLooked } from '../onboarding/aftercare';
import type { MethodsRead } from '../onboarding/method';
import { entry } from '../onboarding/moved';
import { type Onboarding, reference } from '../onboarding/onboarding';
import type { PersonId } from '../onboarding/person';
import { findForeign } from './audit';
import { commit } from './commit';
import type { Context } from './context';
import { sawInGroup } from './facts';
import type { Step } from './open-window';
import { isPassing, TenantError } from './tenant';

/**
 * Looks again after the end. Sign-ins shortly after the exit may have been judged with the old membership, so sessions
 * are revoked once more at the first look. What is found wrong is put right where that is an exit (group, pass, and a
 * passkey where that right was granted) and told; nothing here opens anything.
 */
export async function lookAfter(context: Context, onboarding: Onboarding): Promise<Step> {
  const { tenant, store, log, clock, policy } = context;
  const subject = onboarding.subject.id;
  const newer = await store.lastWindowOf(subject);
  // A later window of the same person has its own exit; its membership, passes and passkeys are not this one's findings.
  if (newer !== null && newer.id !== onboarding.id) {
    const done = await commit(context, onboarding, (now) => aftercareLooked(now, [], null, clock.now()));
    return { onboarding: done.onboarding, again: 'planned' };
  }

  const [member, passes, methods, { events }] = await Promise.all([
    tenant.isMember(subject),
    tenant.passes(subject),
    readMethods(context, subject),
    context.audit.read('passkey-added', onboarding.openedAt ?? clock.now()),
  ]);
  const foreign = await findForeign(context, onboarding, events);
  const findings = aftercareFindings(onboarding, { member, passes: passes.length, methods, foreign });
  if (findings.length > 0) {
    // Before anything is put right: after a crash in between, the next look would find nothing to tell of.
    log.error({ event: 'aftercare-finding', onboarding: reference(onboarding), findings });
    await store.record(onboarding.id, [entry(clock.now(), { onboard: 'worker' }, 'aftercare-found', { findings })]);
  }

  if (member) {
    await sawInGroup(context, [subject]);
    await tenant.removeMember(subject);
  }
  for (const pass of passes) await tenant.deletePass(subject, pass.id);
  const ended = onboarding.outcome === 'stopped' || onboarding.outcome === 'frozen';
  if (ended && methods && policy.removeAdded === 'passkeys') {
    for (const { kind, id } of addedSince(onboarding, methods))
      if (kind === 'passkey') await remove(context, onboarding, id);
  }
  if (onboarding.aftercareDone === 0 || findings.length > 0) await tenant.revokeSessions(subject);

  const done = await commit(context, onboarding, (now) => aftercareLooked(now, findings, methods, clock.now()));
  return { onboarding: done.onboarding, again: 'planned' };
}

/** What cannot be read for good must not keep the group and the pass from being looked after. */
async function readMethods({ tenant }: Context, subject: PersonId): Promise<MethodsRead | null> {
  try {
    return await tenant.methods(subject);
  } catch (error) {
    if (error instanceof TenantError && !isPassing(error)) return null;
    throw error;
  }
}

/** A right that is missing must not keep the rest from being looked after: the alert says what is there. */
async function remove(context: Context, onboarding: Onboarding, id: string): Promise<void> {
  try {
    await context.tenant.removePasskey(onboarding.subject.id, id);
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'denied') throw error;
    context.log.error({
      event: 'passkey-removal-refused',
      onboarding: reference(onboarding),
      code: error.code,
      hint: error.hint,
    });
  }
}
