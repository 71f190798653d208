import { accept, type Decision, refuse, type Tell } from './decision';
import { judgePasskey, type Method, type Passkey } from './method';
import { approvalCard, entry, liveCards, requestCard, toPerson } from './moved';
import type { Onboarding } from './onboarding';
import { MINUTE, type Policy } from './policy';
import type { Refusal } from './refusal';

/** What became of it. `replaced`: nobody else can have it. */
export const LOSSES = ['lost', 'stolen', 'replaced'] as const;
export type Loss = (typeof LOSSES)[number];

/** What helpdesk asks for: whose passkeys go is looked up again, ids from a card are only names. */
export interface RecoverAsk {
  readonly loss: Loss;
  readonly old: readonly string[];
  /** Helpdesk says that she can use none of her other passkeys. */
  readonly noneWorks: boolean;
}

/** The part of an onboarding that is about what it replaces. Kept from the request on; nothing of it is ever put back. */
export interface Recovery {
  readonly loss: Loss;
  /** What helpdesk chose, as the directory had it then; named on every card before anything is done. */
  readonly old: readonly Method[];
  /** Every passkey that she had then. One that is not among them means that she found a way herself. */
  readonly known: readonly string[];
  /** Whether Onboard deletes the old ones itself, as it was configured at the request. */
  readonly by: 'onboard' | 'hand';
  /** Onboard was about to delete them. */
  readonly removeIntendedAt?: number;
  /** None of the old ones was there, read back. */
  readonly goneAt?: number;
  /** Stolen: from when sessions were valid before Onboard revoked them, by the tenant's clock. */
  readonly validFromBefore?: number;
  /** Stolen: a later time than that was read. */
  readonly sessionsRevokedAt?: number;
}

/** While something has to be removed by hand, it is looked whether it is gone this often, ms. */
export const LOOK_FOR_GONE = MINUTE;

/** A person has few passkeys; a card with more ids than that was not made by us. */
const MOST = 20;

/**
 * What is to be replaced, or why not. The cheapest way out comes first: somebody who has another passkey that works adds
 * the new one with it, without a pass and without a window.
 */
export function judgeRecovery(
  ask: RecoverAsk,
  name: string,
  passkeys: readonly Passkey[],
  policy: Policy,
): { readonly refusal: Refusal } | { readonly recovery: Recovery } {
  if (passkeys.length === 0) return { refusal: { code: 'nothing-to-recover', name } };
  const chosen = [...new Set(ask.old)].slice(0, MOST);
  if (chosen.length === 0) return { refusal: { code: 'choose-old' } };
  const old = passkeys.filter(({ id }) => chosen.includes(id));
  if (old.length < chosen.length) return { refusal: { code: 'old-not-there', name } };
  const other = working(passkeys, policy).find(({ id }) => !chosen.includes(id));
  if (other && !ask.noneWorks) return { refusal: { code: 'other-way', name, passkey: other.displayName ?? 'passkey' } };
  return {
    recovery: {
      loss: ask.loss,
      old: old.map(({ id, kind, displayName, createdAt }) => ({
        id,
        kind,
        ...(displayName ? { displayName } : {}),
        ...(createdAt === undefined ? {} : { createdAt }),
      })),
      known: passkeys.map(({ id }) => id),
      by: policy.recoverDelete === 'on' ? 'onboard' : 'hand',
    },
  };
}

/** Those that this company accepts, whenever they were made. */
export function working(passkeys: readonly Passkey[], policy: Pick<Policy, 'accepted'>): readonly Passkey[] {
  const nothing = { takenAt: 0, methods: [] };
  return passkeys.filter((passkey) => judgePasskey(passkey, nothing, policy.accepted) === 'acceptable');
}

/** Those that have to go and are still there. */
export function oldLeft({ recovery }: Pick<Onboarding, 'recovery'>, passkeys: readonly Method[]): readonly Method[] {
  const there = new Set(passkeys.filter(({ kind }) => kind === 'passkey').map(({ id }) => id));
  return recovery?.old.filter(({ id }) => there.has(id)) ?? [];
}

/** Onboard deletes them itself: it was to at the request, and still may. */
export function deletesOld({ recovery }: Pick<Onboarding, 'recovery'>, policy: Policy): boolean {
  return recovery?.by === 'onboard' && policy.recoverDelete === 'on';
}

/** Approved, and nothing can begin until somebody has removed the old ones in the directory. */
export function waitsForHand({ state, recovery }: Pick<Onboarding, 'state' | 'recovery'>): boolean {
  return state === 'approved' && recovery?.by === 'hand' && recovery.goneAt === undefined;
}

/** Why a window for a recovery cannot open on what was read now; `null` when it can, or when it is none. */
export function judgeRecoverStart(
  onboarding: Onboarding,
  passkeys: readonly Passkey[],
  policy: Policy,
): Refusal | null {
  const { recovery, subject } = onboarding;
  if (!recovery) return null;
  const found = working(passkeys, policy).find(({ id }) => !recovery.known.includes(id));
  if (found) return { code: 'has-passkey', name: subject.displayName, passkey: found.displayName ?? 'passkey' };
  const [left] = oldLeft(onboarding, passkeys);
  return left && !deletesOld(onboarding, policy)
    ? { code: 'old-still-there', name: subject.displayName, passkey: left.displayName ?? 'passkey' }
    : null;
}

/**
 * The intent, before the tenant is asked to delete anything: it names all that may be deleted, because one read may not
 * show them all. Refused when it is not the time for it any more.
 */
export function oldRemoveIntended(onboarding: Onboarding, now: number): Decision {
  const { state, recovery, baseline } = onboarding;
  if (state !== 'opening' || !baseline || !recovery || recovery.goneAt !== undefined)
    return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, recovery: { ...recovery, removeIntendedAt: now } };
  return accept(
    next,
    [entry(now, { onboard: 'worker' }, 'old-passkey-remove-intended', { methods: recovery.old.map(({ id }) => id) })],
    [],
  );
}

/**
 * None of the old ones was there any more. In an opening the next thing that happens in the tenant is the add, so its
 * intent is written here. The read-back says nothing about who removed them; the intent before it does.
 */
export function oldGone(onboarding: Onboarding, now: number): Decision {
  const { state, recovery, approvedBy, subject } = onboarding;
  const waits = state === 'requested' || state === 'approved' || state === 'opening';
  if (!waits || !recovery || recovery.goneAt !== undefined) return refuse({ code: 'stale-card' });
  if (state === 'opening' && !onboarding.baseline) return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, recovery: { ...recovery, goneAt: now } };
  const gone = entry(now, { onboard: 'worker' }, 'old-passkey-gone', { methods: recovery.old.map(({ id }) => id) });
  if (state === 'opening')
    return accept(next, [gone, entry(now, { onboard: 'worker' }, 'member-add-intended', { subject: subject.id })], []);
  const ready: Tell[] =
    state === 'approved' && approvedBy ? [{ once: 'approver-old-gone', to: toPerson(approvedBy) }] : [];
  return accept(next, [gone], [requestCard(next), approvalCard(next), ...ready]);
}

/** Stolen, and not yet read back that every session is void. */
export function mustRevoke({ state, recovery }: Pick<Onboarding, 'state' | 'recovery'>): boolean {
  return recovery?.loss === 'stolen' && recovery.sessionsRevokedAt === undefined && state !== 'closed';
}

/** The intent to revoke, with what is compared against: look, then act, then look for something later. */
export function revokeIntended(onboarding: Onboarding, validFrom: number, now: number): Decision {
  const { recovery } = onboarding;
  if (!recovery || !mustRevoke(onboarding) || recovery.validFromBefore !== undefined)
    return refuse({ code: 'stale-card' });
  return accept(
    { ...onboarding, recovery: { ...recovery, validFromBefore: validFrom } },
    [entry(now, { onboard: 'worker' }, 'sessions-revoke-intended', { subject: onboarding.subject.id })],
    [],
  );
}

/** Later than before: void from then on, whoever did it. */
export function revokedRead(onboarding: Onboarding, validFrom: number, now: number): Decision {
  const { recovery } = onboarding;
  const before = recovery?.validFromBefore;
  if (!recovery || !mustRevoke(onboarding) || before === undefined || validFrom <= before)
    return refuse({ code: 'stale-card' });
  const next: Onboarding = { ...onboarding, recovery: { ...recovery, sessionsRevokedAt: now } };
  return accept(
    next,
    [entry(now, { onboard: 'worker' }, 'sessions-revoked-read-back', { validFrom })],
    onboarding.openedAt === undefined ? [requestCard(next)] : liveCards(next),
  );
}
