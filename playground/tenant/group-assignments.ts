import type { PlaygroundClock } from '../clock';
import type { Changes } from './changes';
import type { TenantState } from './state';

/** A membership through PIM for Groups, from its request to its end. */
export interface GroupAssignment {
  /** Of the request; schedule and instance are named after it. */
  readonly id: string;
  readonly groupId: string;
  readonly principalId: string;
  /** Who asked for it, `app:<appId>`. */
  readonly actor: string;
  readonly createdAt: number;
  /** When it is provisioned: the person is a member from then on. */
  readonly startsAt: number;
  readonly endsAt: number;
  state: 'pending' | 'provisioned' | 'over';
}

/**
 * Returns a function that carries out what is due: memberships that begin, and memberships that end because their time
 * is over. Nobody calls Entra for that.
 */
export function keepAssignments(state: TenantState, changes: Changes, clock: PlaygroundClock): () => void {
  return () => {
    for (const assignment of state.groupAssignments) {
      const { groupId, principalId, actor, startsAt, endsAt } = assignment;
      const members = state.groups.get(groupId)?.members;
      if (assignment.state === 'pending' && clock.now() >= startsAt) {
        assignment.state = 'provisioned';
        if (!members?.has(principalId)) changes.addMember(actor, groupId, principalId);
      }
      if (assignment.state === 'provisioned' && clock.now() >= endsAt) {
        assignment.state = 'over';
        if (members?.has(principalId)) changes.removeMember('tenant', groupId, principalId);
      }
    }
  };
}

/** What still counts: under way, or in force. */
export function liveAssignments(state: TenantState, groupId: string, principalId: string): GroupAssignment[] {
  return state.groupAssignments.filter(
    (one) => one.state !== 'over' && one.groupId === groupId && one.principalId === principalId,
  );
}
