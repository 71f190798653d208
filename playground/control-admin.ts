import type { ByHand } from './contract';
import type { Reply, Route } from './http';
import type { TenantSide } from './tenant';
import { seedPasskey } from './tenant/seed-passkey';

const bad = (message: string): Reply => ({ status: 400, body: { error: { code: 'badRequest', message } } });

/** `POST /control/admin`: what an administrator does by hand, past Onboard; the journal's actor is `admin`. */
export function adminRoutes({ state, changes, newPhone }: TenantSide): Route[] {
  const group = state.onboardingGroupId;
  const deeds: Readonly<Record<ByHand['do'], (userId: string) => void>> = {
    'add-member': (userId) => changes.addMember('admin', group, userId),
    'remove-member': (userId) => changes.removeMember('admin', group, userId),
    'remove-methods': (userId) => {
      for (const { id } of state.methods.filter((one) => one.userId === userId && one.kind !== 'password'))
        changes.removeMethod('admin', userId, id);
      changes.revokeSessions('admin', userId);
    },
    'new-phone': newPhone,
    'spare-key': (userId) => {
      const user = state.users.get(userId);
      const [key] = user ? seedPasskey(user, 'securityKey') : [];
      if (!key?.fido2) return;
      const credentialId = `spare-${user?.key}`;
      const fido2 = { ...key.fido2, credentialId };
      changes.addMethod('admin', { ...key, id: credentialId, displayName: 'Spare key at home', fido2 });
    },
  };

  return [
    {
      method: 'POST',
      pattern: /^\/control\/admin$/,
      handler: ({ body }) => {
        const { do: what, key } = (body ?? {}) as Partial<ByHand>;
        if (what === undefined || !Object.hasOwn(deeds, what))
          return bad(`do is one of ${Object.keys(deeds).join(', ')}.`);
        const user = [...state.users.values()].find((one) => one.key === key);
        if (!user) return bad('key names nobody.');
        deeds[what](user.id);
        return { status: 200, body: { ok: true } };
      },
    },
  ];
}
