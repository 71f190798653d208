import { accept, type Decision, refuse, type Tell } from './decision';
import { entry, toPerson } from './moved';
import { AFTERCARE_DELAYS, type Onboarding } from './onboarding';

/** What was read when aftercare looked again. */
export interface AftercareReading {
  readonly member: boolean;
  readonly passes: number;
  /** For a completed onboarding: the passkey that was the proof is still there. */
  readonly passkeyThere: boolean;
  /** Methods that are neither in the baseline nor the proof. */
  readonly added: readonly string[];
}

/** Stable codes of what is not as it was left, for the ledger and the alert. */
export function aftercareFindings(onboarding: Onboarding, reading: AftercareReading): readonly string[] {
  const found: string[] = [];
  if (reading.member) found.push('member-again');
  if (reading.passes > 0) found.push('pass-again');
  if (onboarding.outcome === 'completed' && !reading.passkeyThere) found.push('passkey-gone');
  for (const method of reading.added) found.push(`method-added:${method}`);
  return found;
}

/** One of the three looks is done. A finding alerts whoever can act; it never opens a window again. */
export function aftercareLooked(onboarding: Onboarding, findings: readonly string[], now: number): Decision {
  const done = onboarding.aftercareDone;
  if (onboarding.state !== 'closed' || done === undefined || done >= AFTERCARE_DELAYS.length)
    return refuse({ code: 'stale-card' });
  const fresh = findings.filter((finding) => !onboarding.findings.includes(finding));
  const delay = AFTERCARE_DELAYS[done + 1];
  const { dueAt: _, ...rest } = onboarding;
  const next: Onboarding = {
    ...rest,
    aftercareDone: done + 1,
    findings: [...onboarding.findings, ...fresh],
    ...(delay === undefined ? {} : { dueAt: (onboarding.closedAt ?? now) + delay }),
  };
  const tells: Tell[] =
    fresh.length > 0
      ? [
          { once: 'alert', to: { conversation: next.askedIn } },
          { once: 'alert', to: toPerson(next.approvedBy ?? next.approver) },
        ]
      : [];
  return accept(next, [entry(now, { onboard: 'worker' }, 'aftercare', { look: done + 1, findings })], tells);
}
