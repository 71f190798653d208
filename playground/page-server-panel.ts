import type { PlaygroundClock } from './clock';
import type { Route } from './http';
import type { Journal } from './journal';
import type { TenantPanel } from './page-server-types';
import { passEnd } from './tenant/graph/passes';
import { whyOver } from './tenant/sign-in-sessions';
import type { ConditionalAccessPolicy, PassMethod, TenantState } from './tenant/state';

/** The newest sign-ins and changes are shown; `/control/records` has them all. */
const SHOWN = 40;

/** How a policy reads in one line. */
function asksFor(policy: ConditionalAccessPolicy, state: TenantState): string {
  const grant = policy.grantControls;
  if (!grant) return 'nothing';
  if (grant.builtInControls.includes('block')) return 'Block';
  const strength = state.strengths.find(({ id }) => id === grant.authenticationStrength?.id);
  return [...(strength ? [strength.displayName] : []), ...grant.builtInControls.map((one) => one.toUpperCase())].join(
    grant.operator === 'AND' ? ' and ' : ' or ',
  );
}

function aimedAt({ conditions }: ConditionalAccessPolicy, state: TenantState): string {
  const { users, applications } = conditions;
  const groups = users.includeGroups.map((id) => state.groups.get(id)?.displayName ?? id);
  const who = users.includeUsers.includes('All')
    ? 'all users'
    : users.includeRoles.length > 0
      ? 'privileged roles'
      : groups.join(', ') || 'nobody';
  const legacy = !conditions.clientAppTypes.includes('all') && !conditions.clientAppTypes.includes('browser');
  const what = applications.includeUserActions.includes('urn:user:registersecurityinfo')
    ? 'registering security info'
    : 'all resources';
  return `${who}, ${legacy ? 'legacy clients' : what}`;
}

/** The tenant as an administrator would see it at this moment. No code of a pass is in it. */
export function tenantPanel(state: TenantState, journal: Journal, clock: PlaygroundClock): TenantPanel {
  const now = clock.now();
  const nameOf = (id: string) => state.users.get(id)?.displayName ?? id;
  const group = state.groups.get(state.onboardingGroupId);
  const isOver = (pass: PassMethod) =>
    now + state.behaviour.clockSkewMs >= passEnd(pass) || (pass.usableOnce && pass.uses > 0);

  return {
    now,
    group: {
      id: state.onboardingGroupId,
      name: group?.displayName ?? '',
      members: [...(group?.members ?? [])].map((id) => {
        const added = journal.tenant.findLast(
          (one) => one.kind === 'member-added' && one.userId === id && one.groupId === state.onboardingGroupId,
        );
        const pass = state.passes.get(id);
        return {
          id,
          name: nameOf(id),
          since: added?.at ?? null,
          by: added?.actor.startsWith('app:') ? 'onboard' : 'hand',
          passEnds: pass ? passEnd(pass) : null,
        };
      }),
    },
    passes: [...state.passes.values()].map((pass) => ({
      id: pass.id,
      userId: pass.userId,
      name: nameOf(pass.userId),
      createdAt: pass.createdAt,
      endsAt: passEnd(pass),
      usableOnce: pass.usableOnce,
      uses: pass.uses,
      over: isOver(pass),
    })),
    methods: state.methods
      .filter(({ kind }) => kind !== 'password')
      .map(({ id, userId, kind, displayName, createdAt, fido2 }) => ({
        id,
        userId,
        name: nameOf(userId),
        kind,
        label: displayName || fido2?.model || kind,
        createdAt,
        ...(fido2 ? { passkeyType: fido2.passkeyType } : {}),
      })),
    sessions: [...state.sessions.values()].map((session) => ({
      id: session.id,
      userId: session.userId,
      name: nameOf(session.userId),
      device: session.device,
      resource: session.resource,
      with: session.with,
      startedAt: session.startedAt,
      over: whyOver({ state, clock }, session),
    })),
    policies: state.policies.map((policy) => ({
      id: policy.id,
      name: policy.displayName,
      state: policy.state,
      aimedAt: aimedAt(policy, state),
      asksFor: asksFor(policy, state),
      leavesGroupOut: policy.conditions.users.excludeGroups.includes(state.onboardingGroupId),
    })),
    signIns: journal.signIns.slice(-SHOWN).reverse(),
    changes: journal.tenant.slice(-SHOWN).reverse(),
    behaviour: state.behaviour,
    roles: state.botApp.roles,
  };
}

/** `GET /control/tenant-panel`: TenantPanel. */
export function panelRoutes(state: TenantState, journal: Journal, clock: PlaygroundClock): Route[] {
  return [
    {
      method: 'GET',
      pattern: /^\/control\/tenant-panel$/,
      handler: () => ({ status: 200, body: tenantPanel(state, journal, clock) }),
    },
  ];
}
