import type { TenantPanel } from '../page-server-types';

/** Onboard's default; the tenant does not know a window's length until there is a pass, which ends with it. */
const DEFAULT_WINDOW_MS = 60 * 60_000;

/** One stay in the onboarding group, as the tenant's own changes tell it. Times are epoch ms; null: not so far. */
export interface WindowView {
  readonly userId: string;
  readonly since: number;
  /** Put in by Onboard, or by somebody's hand: then nobody will take her out. */
  readonly by: 'onboard' | 'hand';
  /** When it runs out; null when it is over, or when nobody set an end. */
  readonly endsAt: number | null;
  readonly endKnown: boolean;
  readonly passkeyAt: number | null;
  readonly outAt: number | null;
  readonly passGoneAt: number | null;
  readonly revokedAt: number | null;
}

/** The newest stay of each person whose stay is open, and the newest one that is over. Open ones first. */
export function windowsOf(panel: TenantPanel): {
  readonly open: readonly WindowView[];
  readonly last: WindowView | null;
} {
  const open = panel.group.members.map(({ id, since, by, passEnds }): WindowView => {
    const view = follow(panel, id, since ?? 0);
    const endsAt = by === 'hand' ? null : (passEnds ?? (since ?? panel.now) + DEFAULT_WINDOW_MS);
    return { ...view, by, outAt: null, endsAt, endKnown: passEnds !== null };
  });
  const removed = panel.changes.find(
    (one) =>
      one.kind === 'member-removed' &&
      one.groupId === panel.group.id &&
      !panel.group.members.some(({ id }) => id === one.userId),
  );
  if (!removed || !('userId' in removed)) return { open, last: null };
  const added = panel.changes.find(
    (one) =>
      one.kind === 'member-added' &&
      one.groupId === panel.group.id &&
      one.userId === removed.userId &&
      one.seq < removed.seq,
  );
  const last = follow(panel, removed.userId, added?.at ?? removed.at);
  return { open, last: { ...last, by: added?.actor.startsWith('app:') ? 'onboard' : 'hand', outAt: removed.at } };
}

function follow(panel: TenantPanel, userId: string, since: number): WindowView {
  const oldestFirst = panel.changes
    .filter((one) => 'userId' in one && one.userId === userId && one.at >= since)
    .toReversed();
  const passkey = oldestFirst.find((one) => one.kind === 'method-added' && one.methodKind === 'fido2');
  const out = oldestFirst.findLast((one) => one.kind === 'member-removed');
  const hasPass = panel.passes.some((pass) => pass.userId === userId && !pass.over);
  const gone = oldestFirst.findLast((one) => one.kind === 'pass-deleted' || one.kind === 'pass-expired');
  const revoked = oldestFirst.find((one) => one.kind === 'sessions-revoked' && out !== undefined && one.at >= out.at);
  return {
    userId,
    since,
    by: 'onboard',
    endsAt: null,
    endKnown: false,
    passkeyAt: passkey?.at ?? null,
    outAt: out?.at ?? null,
    passGoneAt: hasPass ? null : (gone?.at ?? null),
    revokedAt: revoked?.at ?? null,
  };
}
