import { aftercareFindings, aftercareLooked } from '../onboarding/aftercare';
import { type Onboarding, reference } from '../onboarding/onboarding';
import { commit } from './commit';
import type { Context } from './context';
import type { Step } from './open-window';
import { TenantError } from './tenant';

/**
 * Looks again after the end. Sign-ins shortly after the exit may have been judged with the old membership, so sessions
 * are revoked once more at the first look. What is found wrong is put right where that is an exit (group, pass) and
 * told; nothing here opens anything.
 */
export async function lookAfter(context: Context, onboarding: Onboarding): Promise<Step> {
  const { tenant, store, log } = context;
  const subject = onboarding.subject.id;
  const newer = await store.lastWindowOf(subject);
  // A later window of the same person has its own exit; its membership and pass are not this one's findings.
  const superseded = newer !== null && newer.id !== onboarding.id;

  const [member, passes, passkeys] = superseded
    ? [false, [], new Map()]
    : await Promise.all([tenant.isMember(subject), tenant.passes(subject), tenant.passkeys([subject])]);
  const own = passkeys.get(subject) ?? [];
  if (own instanceof TenantError) throw own;
  const known = new Set(onboarding.baseline?.methods.map((method) => method.id) ?? []);
  const proof = onboarding.passkey?.id;
  const findings = superseded
    ? []
    : aftercareFindings(onboarding, {
        member,
        passes: passes.length,
        passkeyThere: own.some((passkey: { id: string }) => passkey.id === proof),
        added: own.map((passkey: { id: string }) => passkey.id).filter((id: string) => !known.has(id) && id !== proof),
      });

  if (!superseded) {
    if (member) await tenant.removeMember(subject);
    for (const pass of passes) await tenant.deletePass(subject, pass.id);
    if (onboarding.aftercareDone === 0 || member || passes.length > 0) await tenant.revokeSessions(subject);
  }
  if (findings.length > 0) log.error({ event: 'aftercare-finding', onboarding: reference(onboarding), findings });
  const done = await commit(context, onboarding, (current) => aftercareLooked(current, findings, context.clock.now()));
  return { onboarding: done.onboarding, again: 'planned' };
}
