import type { PlaygroundClock } from '../clock';
import type { Journal } from '../journal';
import type { AuthenticationMethod, PassMethod, TenantState } from './state';

/** How much of the past is kept for late reads, ms. */
const PAST = 10 * 60_000;

/** What replicates late: who is in which group, which passes and methods exist. */
export interface Snapshot {
  readonly at: number;
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  readonly passes: ReadonlyMap<string, PassMethod>;
  readonly methods: readonly AuthenticationMethod[];
}

/** `app:<appId>`, `user:<objectId>`, `admin` (by hand) or `tenant` (Entra itself). */
export type Actor = string;

/** The only place that changes the tenant. Every change is journalled with who made it. */
export interface Changes {
  addMember(actor: Actor, groupId: string, userId: string): void;
  removeMember(actor: Actor, groupId: string, userId: string): void;
  createPass(actor: Actor, pass: PassMethod): void;
  deletePass(actor: Actor, userId: string): void;
  addMethod(actor: Actor, method: AuthenticationMethod): void;
  removeMethod(actor: Actor, userId: string, methodId: string): void;
  revokeSessions(actor: Actor, userId: string): void;
  changePerson(actor: Actor, userId: string, change: Record<string, unknown>): void;
  changePolicy(actor: Actor, policyId: string, change: () => void): void;
  /** The tenant as a read sees it now: late by `behaviour.replicationLagMs`. */
  seen(): Snapshot;
}

export function createChanges(state: TenantState, clock: PlaygroundClock, journal: Journal): Changes {
  const past: Snapshot[] = [];

  const take = (at: number): Snapshot => ({
    at,
    members: new Map([...state.groups].map(([id, group]) => [id, new Set(group.members)])),
    passes: new Map(state.passes),
    methods: [...state.methods],
  });
  past.push(take(0));

  function changed(): void {
    const now = clock.now();
    past.push(take(now));
    while (past.length > 2 && (past[1]?.at ?? 0) < now - PAST) past.shift();
  }

  return {
    addMember(actor, groupId, userId) {
      state.groups.get(groupId)?.members.add(userId);
      journal.addTenant({ kind: 'member-added', actor, groupId, userId });
      changed();
    },
    removeMember(actor, groupId, userId) {
      state.groups.get(groupId)?.members.delete(userId);
      // An ordinary removal ends a membership through PIM too; one that is not provisioned yet still begins.
      for (const one of state.groupAssignments)
        if (one.state === 'provisioned' && one.groupId === groupId && one.principalId === userId) one.state = 'over';
      journal.addTenant({ kind: 'member-removed', actor, groupId, userId });
      changed();
    },
    createPass(actor, pass) {
      const old = state.passes.get(pass.userId);
      if (old) journal.addTenant({ kind: 'pass-replaced', actor, userId: pass.userId, passId: old.id });
      state.passes.set(pass.userId, pass);
      journal.addTenant({
        kind: 'pass-created',
        actor,
        userId: pass.userId,
        passId: pass.id,
        usableOnce: pass.usableOnce,
        lifetimeMinutes: pass.lifetimeMinutes,
      });
      changed();
    },
    deletePass(actor, userId) {
      const old = state.passes.get(userId);
      if (!old) return;
      state.passes.delete(userId);
      journal.addTenant({ kind: 'pass-deleted', actor, userId, passId: old.id });
      changed();
    },
    addMethod(actor, method) {
      state.methods.push(method);
      journal.addTenant({
        kind: 'method-added',
        actor,
        userId: method.userId,
        methodId: method.id,
        methodKind: method.kind,
        ...(method.fido2 ? { aaGuid: method.fido2.aaGuid, passkeyType: method.fido2.passkeyType } : {}),
      });
      changed();
    },
    removeMethod(actor, userId, methodId) {
      const index = state.methods.findIndex((method) => method.userId === userId && method.id === methodId);
      if (index < 0) return;
      const [method] = state.methods.splice(index, 1);
      journal.addTenant({ kind: 'method-removed', actor, userId, methodId, methodKind: method?.kind ?? 'fido2' });
      changed();
    },
    revokeSessions(actor, userId) {
      const user = state.users.get(userId);
      if (!user) return;
      user.signInSessionsValidFrom = clock.now();
      journal.addTenant({ kind: 'sessions-revoked', actor, userId, validFrom: user.signInSessionsValidFrom });
    },
    changePerson(actor, userId, change) {
      const user = state.users.get(userId);
      if (!user) return;
      Object.assign(user, change);
      journal.addTenant({ kind: 'person-changed', actor, userId, change });
    },
    changePolicy(actor, policyId, change) {
      change();
      journal.addTenant({ kind: 'policy-changed', actor, policyId });
    },
    seen() {
      const until = clock.now() - state.behaviour.replicationLagMs;
      let found = past[0] as Snapshot;
      for (const snapshot of past) if (snapshot.at <= until) found = snapshot;
      return found;
    },
  };
}
