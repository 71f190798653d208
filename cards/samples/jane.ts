import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { Recovery } from '../../bot/onboarding/recovery';
import { renderRecover, renderRecoverAsked, renderRecoverWhom, renderStuck } from '../render';
import { stuckPlaces, stuckRows } from '../stuck-catalogue';
import type { Sample } from './every-card';
import { approvedBy, ids, NOON, onboarding, openOnboarding } from './onboardings';

const old = { id: 'old-1', kind: 'passkey', displayName: 'Old iPhone of Jane', createdAt: NOON - 86_400_000 } as const;

export function recovery(over: Partial<Recovery> = {}): Recovery {
  return { loss: 'lost', old: [old], known: ['old-1'], by: 'onboard', ...over };
}

/** What a recovery, a call for help and a denial look like; added to the states of every card. */
export const janeStates: Readonly<Record<string, Onboarding>> = {
  'recover, requested': onboarding({ reason: 'recover', recovery: recovery() }),
  'recover, stolen': onboarding({ reason: 'recover', recovery: recovery({ loss: 'stolen', sessionsRevokedAt: NOON }) }),
  'recover, by hand': onboarding({
    state: 'approved',
    approvedBy,
    useBy: NOON + 28_800_000,
    reason: 'recover',
    recovery: recovery({ by: 'hand', loss: 'replaced' }),
  }),
  'recover, open': openOnboarding({ reason: 'recover', recovery: recovery({ goneAt: NOON }) }),
  'recover, lapsed': onboarding({
    state: 'closed',
    outcome: 'lapsed',
    approvedBy,
    openedAt: NOON,
    closedAt: NOON,
    reason: 'recover',
    recovery: recovery({ goneAt: NOON }),
  }),
  'stuck, and called': openOnboarding({
    stuck: { saw: 'exists', route: 'iphone', step: 5, at: NOON + 600_000 },
    helpCalls: 1,
    authenticatorSeenAt: NOON + 300_000,
  }),
  'closing soon': openOnboarding({ guideAt: { route: 'iphone', step: 4 }, remindedLastAt: NOON }),
  'completed, and denied': onboarding({
    state: 'closed',
    outcome: 'completed',
    approvedBy,
    openedAt: NOON,
    closedAt: NOON,
    passkey: { id: 'k', kind: 'passkey', displayName: 'iPhone of Jane', seenAt: NOON },
    findings: ['subject-denies:k'],
    deniedAt: NOON,
  }),
};

/** The whole dialogue, and the forms of a recovery. */
export function janeCards(dress: (now: Onboarding) => Onboarding): Sample[] {
  const now = dress(openOnboarding());
  const viewer = { id: ids.jane };
  const stuck = (state: string, talk: Parameters<typeof renderStuck>[2]): Sample => ({
    kind: 'stuck',
    state,
    card: renderStuck(now, viewer, talk),
  });
  const passkeys = [
    { ...old, displayName: now.wrongKind?.displayName ?? old.displayName, accepted: true },
    { id: 'key-2', kind: 'passkey' as const, displayName: 'Spare key', accepted: true },
    { id: 'cloud-3', kind: 'passkey' as const, accepted: false },
  ];
  return [
    stuck('where', { route: 'iphone', step: 4 }),
    ...stuckPlaces.map((place) => stuck(`what, ${place}`, { at: place })),
    ...stuckRows.map((row) => stuck(row.id, { saw: row.id })),
    stuck('other', { at: 'other' }),
    stuck('looked', { saw: 'loop', did: 'looked' }),
    stuck('code asked for', { saw: 'code-refused', did: 'pass-asked' }),
    stuck('helpdesk called', { saw: 'exists', did: 'called' }),
    { kind: 'recover', state: 'Onboard deletes', card: renderRecover(now.subject, passkeys, true, viewer) },
    { kind: 'recover', state: 'by hand, one', card: renderRecover(now.subject, passkeys.slice(0, 1), false, viewer) },
    { kind: 'recover', state: 'whom', card: renderRecoverWhom([now.subject], now.subject.displayName) },
    { kind: 'recover', state: 'asked', card: renderRecoverAsked(now) },
  ];
}
