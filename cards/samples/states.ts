import type { Exit, Onboarding, Outcome, WindowOutcome } from '../../bot/onboarding/onboarding';
import type { CardRules } from '../approval';
import { janeStates } from './jane';
import { approvedBy, ids, NOON, onboarding, openOnboarding } from './onboardings';

export const rules: CardRules = { windowLength: 3_600_000, maxPasses: 3 };
/** Looks like a pass, and was never one. */
export const CODE = 'Zq7*_+mK[2]x';

export const pass = { number: 1, id: 'p-1', mintedAt: NOON + 60_000, validUntil: NOON + 3_600_000 };
const passkey = { id: 'k', kind: 'passkey', displayName: 'iPhone of Jane', seenAt: NOON + 600_000 } as const;

export function exit(outcome: WindowOutcome, over: Partial<Exit> = {}): Exit {
  return { outcome, startedAt: NOON, startedBy: 'onboard', settleAt: NOON, ...over };
}

export const readBack = {
  leftAt: NOON + 700_000,
  passGoneAt: NOON + 800_000,
  sessionsRevokedAt: NOON + 900_000,
};

export function closed(outcome: Outcome, over: Partial<Onboarding> = {}): Onboarding {
  const opened = outcome === 'declined' || outcome === 'expired' || outcome === 'cancelled' ? null : outcome;
  const base = opened ? openOnboarding({ pass, exit: exit(opened, readBack) }) : onboarding();
  return {
    ...base,
    ...(outcome === 'completed' ? { passkey } : {}),
    state: 'closed',
    outcome,
    closedAt: NOON + 900_000,
    ...over,
  };
}

/** Every state that an onboarding can be shown in. */
export const states: Readonly<Record<string, Onboarding>> = {
  requested: onboarding(),
  'requested, with all that can be said': onboarding({
    ticket: 'INC4711',
    because: 'New phone, the old one stayed in the train',
    startAt: NOON + 7_200_000,
    zone: 'Europe/Berlin',
  }),
  'requested, passed on': onboarding({
    approverIs: 'line',
    passedOn: [{ id: ids.second, displayName: 'Sam', userPrincipalName: 'sam@example.com' }],
  }),
  'requested, from a fallback': onboarding({ approverIs: 'fallback' }),
  'requested, privileged': onboarding({ privileged: true, reason: 'recover' }),
  'waiting for the second': onboarding({ privileged: true, approvedBy, approvedAt: NOON }),
  'requested, escalated': onboarding({
    escalatedAt: NOON,
    escalatedTo: [{ id: ids.second, displayName: 'Sam', userPrincipalName: 'sam@example.com' }],
  }),
  'approved for later': onboarding({
    state: 'approved',
    approvedBy,
    startAt: NOON + 86_400_000,
    useBy: NOON + 115_200_000,
  }),
  approved: onboarding({ state: 'approved', approvedBy, approvedAt: NOON, useBy: NOON + 28_800_000 }),
  'approved twice': onboarding({
    state: 'approved',
    privileged: true,
    approvedBy,
    secondApprovedBy: { id: ids.second, displayName: 'Sam', userPrincipalName: 'sam@example.com' },
  }),
  opening: openOnboarding({ state: 'opening' }),
  open: openOnboarding(),
  'open, minted': openOnboarding({ pass }),
  'open, handed over': openOnboarding({ pass, handedOverAt: NOON + 60_000 }),
  'open, Authenticator seen': openOnboarding({ pass, authenticatorSeenAt: NOON + 300_000, doneSaidAt: NOON }),
  'open, wrong kind': openOnboarding({ pass, wrongKind: { ...passkey, displayName: 'iCloud Keychain' } }),
  'closing, completed': openOnboarding({ state: 'closing', passkey, pass, exit: exit('completed') }),
  'closing, done said': openOnboarding({ state: 'closing', passkey, doneSaidAt: NOON, exit: exit('completed') }),
  'closing, stopped': openOnboarding({ state: 'closing', exit: exit('stopped', { leftAt: NOON }) }),
  completed: closed('completed'),
  'completed, in part': closed('completed', { exit: exit('completed', { leftAt: NOON }) }),
  lapsed: closed('lapsed'),
  stopped: closed('stopped'),
  frozen: closed('frozen', { findings: ['method-added:phone 123', 'member-again', 'something-new'] }),
  'stopped, something added': closed('stopped', {
    added: [
      { id: 'k2', kind: 'passkey', displayName: 'Key of somebody', seenAt: NOON },
      { id: 'ph', kind: 'phone', seenAt: NOON },
      { id: 'k3', kind: 'passkey', displayName: 'Gone', seenAt: NOON, goneAt: NOON },
    ],
    findings: ['method-added:k2', 'foreign-registration:person:1', 'methods-unreadable'],
  }),
  'frozen, handled': closed('frozen', {
    added: [{ id: 'k2', kind: 'passkey', displayName: 'Key of somebody', seenAt: NOON }],
    handledAt: NOON,
    handledBy: approvedBy,
  }),
  'completed, and a phone': closed('completed', {
    added: [{ id: 'ph', kind: 'phone', displayName: '+49 1', seenAt: NOON }],
  }),
  ...janeStates,
  declined: closed('declined', { comment: 'I do not know her' }),
  expired: closed('expired'),
  cancelled: closed('cancelled'),
};
