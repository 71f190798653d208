/**
 * What the doctor says of one thing.
 * `ok`: nothing to do. `may-stay`: asks for no MFA, and may be noticed by the person. `warn`: works, and is better changed.
 * `review`: somebody has to decide. `must-exclude`: a pass gets through, and the method still demands that the group is excluded.
 * `fail`: nobody gets a passkey like this, or nothing protects the window. `manual`: only a person can look.
 */
export type Verdict = 'ok' | 'may-stay' | 'warn' | 'review' | 'must-exclude' | 'fail' | 'manual';

export interface Finding {
  readonly verdict: Verdict;
  readonly reason: string;
  /** Where it was read: a file if there is one, and a JSON path. */
  readonly evidence: string;
  /** What to do, to be copied; null where nothing is to be done. */
  readonly fix: string | null;
  /** Something decisive could not be read or is not known to this version. */
  readonly unknown: boolean;
}

export interface PolicyFinding extends Finding {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

export interface CheckFinding extends Finding {
  readonly id: string;
}

export interface Report {
  readonly ready: boolean;
  readonly policies: readonly PolicyFinding[];
  readonly checks: readonly CheckFinding[];
}

const BLOCKING: ReadonlySet<Verdict> = new Set(['fail', 'must-exclude']);

/** True for what has to be changed before anybody is onboarded. */
export function isBlocking({ verdict }: Finding): boolean {
  return BLOCKING.has(verdict);
}

/** Ready only if nothing blocks and nothing decisive is unknown. */
export function reportOf(policies: readonly PolicyFinding[], checks: readonly CheckFinding[]): Report {
  const all: readonly Finding[] = [...policies, ...checks];
  return { ready: !all.some((one) => isBlocking(one) || one.unknown), policies, checks };
}

/** 0 ready, 1 not ready, 2 could not tell: nothing blocks, and something decisive is unknown. */
export function exitStatusOf({ ready, policies, checks }: Report): 0 | 1 | 2 {
  if (ready) return 0;
  return [...policies, ...checks].some(isBlocking) ? 1 : 2;
}
