import type { PlaygroundClock } from '../clock';
import type { Journal } from '../journal';
import { createLuck, type Luck } from './luck';
import { createReplication, type Snapshot } from './replication';
import type { AuthenticationMethod, Group, PassMethod, TenantState } from './state';

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
  createGroup(actor: Actor, group: Group): void;
  changeGroup(actor: Actor, groupId: string, change: Partial<Group>): void;
  /** Soft: nobody is in it any more, and everything comes back with `restoreGroup`. */
  deleteGroup(actor: Actor, groupId: string): void;
  restoreGroup(actor: Actor, groupId: string): void;
  /** The tenant as a read sees it now; see Replication. */
  seen(reader?: string): Snapshot;
}

export function createChanges(
  state: TenantState,
  clock: PlaygroundClock,
  journal: Journal,
  luck: Luck = createLuck(state),
): Changes {
  const { changed, seen } = createReplication(state, clock, luck);

  return {
    addMember(actor, groupId, userId) {
      state.groups.get(groupId)?.members.add(userId);
      journal.addTenant({ kind: 'member-added', actor, groupId, userId });
      changed('members');
    },
    removeMember(actor, groupId, userId) {
      state.groups.get(groupId)?.members.delete(userId);
      // An ordinary removal ends a membership through PIM too; one that is not provisioned yet still begins.
      for (const one of state.groupAssignments)
        if (one.state === 'provisioned' && one.groupId === groupId && one.principalId === userId) one.state = 'over';
      journal.addTenant({ kind: 'member-removed', actor, groupId, userId });
      changed('members');
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
      changed('passes');
    },
    deletePass(actor, userId) {
      const old = state.passes.get(userId);
      if (!old) return;
      state.passes.delete(userId);
      journal.addTenant({ kind: 'pass-deleted', actor, userId, passId: old.id });
      changed('passes');
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
      changed('methods');
    },
    removeMethod(actor, userId, methodId) {
      const index = state.methods.findIndex((method) => method.userId === userId && method.id === methodId);
      if (index < 0) return;
      const [method] = state.methods.splice(index, 1);
      journal.addTenant({ kind: 'method-removed', actor, userId, methodId, methodKind: method?.kind ?? 'fido2' });
      changed('methods');
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
      changed('policies');
    },
    createGroup(actor, group) {
      state.groups.set(group.id, group);
      const { displayName } = group;
      journal.addTenant({ kind: 'group-changed', actor, groupId: group.id, change: { created: true, displayName } });
      changed('members');
    },
    changeGroup(actor, groupId, change) {
      const group = state.groups.get(groupId);
      if (!group) return;
      Object.assign(group, change);
      journal.addTenant({ kind: 'group-changed', actor, groupId, change: { ...change } });
    },
    deleteGroup(actor, groupId) {
      const group = state.groups.get(groupId);
      if (!group) return;
      state.groups.delete(groupId);
      state.deletedGroups.set(groupId, group);
      journal.addTenant({ kind: 'group-changed', actor, groupId, change: { deleted: true } });
      for (const userId of group.members) journal.addTenant({ kind: 'member-removed', actor, groupId, userId });
      changed('members');
    },
    restoreGroup(actor, groupId) {
      const group = state.deletedGroups.get(groupId);
      if (!group) return;
      state.deletedGroups.delete(groupId);
      state.groups.set(groupId, group);
      journal.addTenant({ kind: 'group-changed', actor, groupId, change: { deleted: false } });
      for (const userId of group.members) journal.addTenant({ kind: 'member-added', actor, groupId, userId });
      changed('members');
    },
    seen,
  };
}
