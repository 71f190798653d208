import { addedSince, mergeAdded } from './added';
import { accept, type Decision, refuse } from './decision';
import { alertTells } from './exit-parts';
import type { MethodsRead } from './method';
import { entry, liveCards } from './moved';
import { AFTERCARE_DELAYS, type Onboarding } from './onboarding';

/** What was read when aftercare looked again. */
export interface AftercareReading {
  readonly member: boolean;
  readonly passes: number;
  /** `null` when they cannot be read, and asking again will not help. */
  readonly methods: MethodsRead | null;
  /** Who else is known to have added a passkey for the subject; `null` when nobody is. */
  readonly foreign: string | null;
}

/** Stable codes of what is not as it was left, for the ledger and the alert. */
export function aftercareFindings(onboarding: Onboarding, reading: AftercareReading): readonly string[] {
  const { outcome, passkey, added = [] } = onboarding;
  const found: string[] = [];
  if (reading.member) found.push('member-again');
  if (reading.passes > 0) found.push('pass-again');
  if (reading.foreign !== null) found.push(`foreign-registration:${reading.foreign}`);
  if (reading.methods === null) return [...found, 'methods-unreadable'];
  const proofThere = reading.methods.methods.some((method) => method.kind === 'passkey' && method.id === passkey?.id);
  if (outcome === 'completed' && !proofThere) found.push('passkey-gone');
  for (const method of addedSince(onboarding, reading.methods)) {
    // After a completion, what was listed with the outcome is known; after anything else it is still to be acted on.
    const listed = added.some((known) => known.kind === method.kind && known.id === method.id);
    const told = onboarding.findings.includes(`method-added:${method.id}`);
    if (!listed || told || outcome === 'stopped' || outcome === 'frozen') found.push(`method-added:${method.id}`);
  }
  return found;
}

/**
 * One of the three looks is done. What is found alerts whoever can act, and again at every look until somebody says that
 * it was handled; what is new alerts in any case. It never opens a window again.
 */
export function aftercareLooked(
  onboarding: Onboarding,
  findings: readonly string[],
  read: MethodsRead | null,
  now: number,
): Decision {
  const done = onboarding.aftercareDone;
  if (onboarding.state !== 'closed' || done === undefined || done >= AFTERCARE_DELAYS.length)
    return refuse({ code: 'stale-card' });
  const fresh = findings.filter((finding) => !onboarding.findings.includes(finding));
  const delay = AFTERCARE_DELAYS[done + 1];
  const { dueAt: _, handledAt, handledBy, ...rest } = onboarding;
  // What was confirmed before does not cover what was found after it.
  const handled = fresh.length === 0 && handledAt !== undefined;
  const next: Onboarding = {
    ...rest,
    ...(handled ? { handledAt, ...(handledBy ? { handledBy } : {}) } : {}),
    ...(read ? { added: mergeAdded(onboarding.added ?? [], addedSince(onboarding, read), now) } : {}),
    aftercareDone: done + 1,
    findings: [...onboarding.findings, ...fresh],
    ...(delay === undefined ? {} : { dueAt: (onboarding.closedAt ?? now) + delay }),
  };
  const alerts = findings.length > 0 && !handled;
  return accept(
    next,
    [entry(now, { onboard: 'worker' }, 'aftercare', { look: done + 1, findings })],
    alerts ? [...liveCards(next), ...alertTells(next, `look-${done + 1}`)] : [],
  );
}
