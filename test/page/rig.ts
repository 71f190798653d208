import { createClock } from '../../playground/clock';
import { createJournal } from '../../playground/journal';
import { tenantPanel } from '../../playground/page-server-panel';
import { createTenant } from '../../playground/tenant';
import { idOfPerson } from '../../playground/tenant/people';

/** A tenant with its journal, as the page's server sees them, and the changes that Onboard would make. */
export function createRig() {
  const clock = createClock();
  const journal = createJournal(clock);
  const tenant = createTenant({ scenario: 'everyone', clock, journal, publicOrigin: () => 'http://localhost:1' });
  const { state, changes } = tenant;
  const jane = idOfPerson('jane');
  const onboard = `app:${state.botApp.appId}`;
  return {
    clock,
    journal,
    state,
    changes,
    jane,
    panel: () => tenantPanel(state, journal, clock),
    open: (by = onboard) => changes.addMember(by, state.onboardingGroupId, jane),
    close: (by = onboard) => changes.removeMember(by, state.onboardingGroupId, jane),
    mint: (code = 'Secret~42') =>
      changes.createPass(onboard, {
        id: 'pass-1',
        userId: jane,
        code,
        createdAt: clock.now(),
        startsAt: clock.now(),
        lifetimeMinutes: 60,
        usableOnce: false,
        uses: 0,
      }),
    passkey: () =>
      changes.addMethod(`user:${jane}`, {
        id: 'key-1',
        userId: jane,
        kind: 'fido2',
        displayName: 'Blue key',
        createdAt: clock.now(),
      }),
    deletePass: () => changes.deletePass(onboard, jane),
    revoke: () => changes.revokeSessions(onboard, jane),
  };
}
