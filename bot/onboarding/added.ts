import { accept, type Decision, type LedgerEntry, refuse } from './decision';
import { alertTells, settleUp } from './exit-parts';
import type { Method, MethodsRead } from './method';
import { entry } from './moved';
import type { AddedMethod, Exit, Onboarding } from './onboarding';
import type { Policy } from './policy';

/** Two reads at least this far apart must agree that a proof is gone: one may come from a replica that is late. */
export const PROOF_GRACE = 30_000;

const worker = { onboard: 'worker' } as const;

/** What a read shows beyond the baseline, of the kinds that could be read then too; the proof of a completion is none. */
export function addedSince(onboarding: Onboarding, read: MethodsRead): readonly Method[] {
  const { baseline, passkey, exit, outcome } = onboarding;
  if (!baseline) return [];
  const known = new Set(baseline.methods.map(name));
  const proof = (outcome ?? exit?.outcome) === 'completed' && passkey ? name(passkey) : undefined;
  return read.methods
    .filter((method) => baseline.kinds?.includes(method.kind) ?? true)
    .filter((method) => !known.has(name(method)) && name(method) !== proof);
}

/** What was listed before together with what is there now. Nothing is dropped: what is gone says since when. */
export function mergeAdded(
  before: readonly AddedMethod[],
  there: readonly Method[],
  now: number,
): readonly AddedMethod[] {
  const names = new Set(there.map(name));
  const listed = new Set(before.map(name));
  return [
    ...before.map((method): AddedMethod => {
      const { goneAt, ...rest } = method;
      return names.has(name(method)) ? rest : { ...rest, goneAt: goneAt ?? now };
    }),
    ...there
      .filter((method) => !listed.has(name(method)))
      .map(
        ({ id, kind, displayName, createdAt }): AddedMethod => ({
          id,
          kind,
          ...(displayName === undefined ? {} : { displayName }),
          ...(createdAt === undefined ? {} : { createdAt }),
          seenAt: now,
        }),
      ),
  ];
}

/** The passkeys that are to be deleted, where the installation says so: only after a stop or a freeze. */
export function removable(onboarding: Onboarding, policy: Policy): readonly AddedMethod[] {
  const outcome = onboarding.outcome ?? onboarding.exit?.outcome;
  if (policy.removeAdded !== 'passkeys' || (outcome !== 'stopped' && outcome !== 'frozen')) return [];
  return (onboarding.added ?? []).filter((method) => method.kind === 'passkey' && method.goneAt === undefined);
}

/**
 * One look of the exit at everything that was added. A completion needs its proof once more: gone in two reads, it is
 * not called completed. What is to be removed keeps the exit open until a read shows it gone.
 */
export function methodsLooked(onboarding: Onboarding, read: MethodsRead, policy: Policy, now: number): Decision {
  const { exit, baseline, passkey } = onboarding;
  if (onboarding.state !== 'closing' || !exit || !baseline || exit.methodsReadAt !== undefined)
    return refuse({ code: 'stale-card' });

  const proofThere = read.methods.some((method) => method.kind === 'passkey' && method.id === passkey?.id);
  if (exit.outcome === 'completed' && !proofThere) return proofMissed(onboarding, exit, 'passkey-gone', now);

  const before = onboarding.added ?? [];
  const added = mergeAdded(before, addedSince(onboarding, read), now);
  const lines: LedgerEntry[] = [];
  const fresh = added.filter((method) => !before.some((old) => name(old) === name(method)));
  if (fresh.length > 0) lines.push(entry(now, worker, 'methods-added', { methods: fresh.map(name) }));
  const gone = added.filter((method) => method.goneAt === now);
  if (gone.length > 0) lines.push(entry(now, worker, 'methods-gone', { methods: gone.map(name) }));

  const left = removable({ ...onboarding, added }, policy);
  const { proofMissedAt: _, ...known } = exit;
  const merged: Exit = left.length > 0 ? known : { ...known, methodsReadAt: now };
  if (left.length > 0) {
    if (lines.length === 0) return refuse({ code: 'stale-card' });
    lines.push(entry(now, worker, 'passkey-remove-intended', { methods: left.map(name) }));
  }
  return settleUp({ ...onboarding, added }, merged, lines, now);
}

/**
 * The methods cannot be read and asking again will not help. The exit is not held up by it, but says so; a completion is
 * none without its proof.
 */
export function methodsUnreadable(onboarding: Onboarding, now: number): Decision {
  const { exit } = onboarding;
  if (onboarding.state !== 'closing' || !exit || exit.methodsReadAt !== undefined)
    return refuse({ code: 'stale-card' });
  if (exit.outcome === 'completed') return proofMissed(onboarding, exit, 'methods-unreadable', now);
  const findings = [...onboarding.findings, 'methods-unreadable'];
  const line = entry(now, worker, 'methods-unreadable');
  return settleUp({ ...onboarding, findings }, { ...exit, methodsReadAt: now }, [line], now);
}

function proofMissed(onboarding: Onboarding, exit: Exit, finding: string, now: number): Decision {
  if (exit.proofMissedAt === undefined) {
    const next: Onboarding = { ...onboarding, exit: { ...exit, proofMissedAt: now } };
    return accept(next, [entry(now, worker, 'proof-missed', { method: onboarding.passkey?.id ?? null })], []);
  }
  if (now - exit.proofMissedAt < PROOF_GRACE) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, findings: [...onboarding.findings, finding] };
  const { tell, ...rest } = changeOf(
    settleUp(
      next,
      { ...exit, outcome: 'stopped', methodsReadAt: now },
      [entry(now, worker, 'proof-gone', { finding })],
      now,
    ),
  );
  return { ok: true, change: { ...rest, tell: [...tell, ...alertTells(next, 'proof')] } };
}

function changeOf(decision: Decision) {
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.change;
}

/** How a method is told from others, in the ledger too. */
function name(method: Pick<Method, 'kind' | 'id'>): string {
  return `${method.kind}:${method.id}`;
}
