import type { PlaygroundClock } from '../clock';
import type { RecordedPerson, Records } from '../contract';
import type { Journal } from '../journal';
import { passEnd } from './graph/passes';
import { groupsOf, isPrivileged } from './membership';
import { productSettings } from './scenario';
import type { PassMethod, TenantState } from './state';

/** The part of the records that is read from the tenant as it is, and not from the journal. */
export type Standing = Pick<Records, 'groupId' | 'botAppId' | 'people' | 'standing'>;

export function standingOf(state: TenantState, now: number): Standing {
  const settings = productSettings(state);
  const people = [...state.users.values()].map(
    (user): RecordedPerson => ({
      key: user.key,
      id: user.id,
      displayName: user.displayName,
      managerId: user.managerKind === 'user' ? user.managerId : null,
      enabled: user.accountEnabled,
      userType: user.userType ?? '',
      privileged: isPrivileged(state, user.id),
      breakGlass: user.breakGlass,
      helpdesk: groupsOf(state, user.id).has(settings.helpdeskGroupId),
      fallbackApprover: settings.fallbackApproverIds.includes(user.id),
      secondApprover: settings.secondApproverIds.includes(user.id),
    }),
  );
  return {
    groupId: state.onboardingGroupId,
    botAppId: state.botApp.appId,
    people,
    standing: {
      members: [...(state.groups.get(state.onboardingGroupId)?.members ?? [])],
      passes: [...state.passes.values()].map((pass) => ({
        userId: pass.userId,
        id: pass.id,
        live: isLive(pass, now),
      })),
      methods: state.methods.map(({ userId, kind, id }) => ({ userId, kind, id })),
    },
  };
}

/** Not over and not used up. One that starts later counts: it will work without anybody doing anything. */
function isLive(pass: PassMethod, now: number): boolean {
  return now < passEnd(pass) && !(pass.usableOnce && pass.uses > 0);
}

/** Returns a function that writes each pass which has run out into the journal, once. */
export function watchExpiry(state: TenantState, clock: PlaygroundClock, journal: Journal): () => void {
  const noticed = new Set<string>();
  return () => {
    for (const pass of state.passes.values()) {
      if (clock.now() < passEnd(pass) || noticed.has(pass.id)) continue;
      noticed.add(pass.id);
      journal.addTenant({ kind: 'pass-expired', actor: 'tenant', userId: pass.userId, passId: pass.id });
    }
  };
}
