import type { Behaviour } from '../../playground/contract';
import { createJournal } from '../../playground/journal';
import { createChanges } from '../../playground/tenant/changes';
import { applySetUp } from '../../playground/tenant/set-up';
import {
  begin,
  createRig,
  phoneToSave,
  phoneWithPass,
  type Rig,
  registerOnPhone,
  withPass,
  withPassword,
  withPhonePasskey,
} from './devices-rig';

/** As the switch on the page does it. */
function behave(rig: Rig, change: Partial<Behaviour>): void {
  const before = rig.state.behaviour;
  rig.state.behaviour = { ...before, ...change };
  applySetUp(rig.state, createChanges(rig.state, rig.clock, createJournal(rig.clock)), before);
}

function openWindow(change: Partial<Behaviour>): Rig {
  const rig = createRig();
  rig.join('jane');
  rig.givePass('jane');
  behave(rig, change);
  return rig;
}

describe('the policy for passkeys', () => {
  test.each(['usual', 'profiles', 'attested'] as const)(
    '%s: her phone registers, and signs in with it',
    async (passkeyPolicy) => {
      const rig = openWindow({ passkeyPolicy });
      expect((await registerOnPhone(rig, 'jane')).page).toBe('account-added');
      rig.leave('jane');
      expect((await withPhonePasskey(rig, 'jane', 'mail')).page).toBe('mail');
    },
  );

  test.each(['keys-only', 'not-authenticator'] as const)(
    '%s: the phone is refused, and keeps what it made',
    async (passkeyPolicy) => {
      const rig = openWindow({ passkeyPolicy });
      await phoneWithPass(rig, 'jane');
      await phoneToSave(rig, 'jane');
      await rig.phone('jane').press('save');
      const end = await rig.phone('jane').press('approve');
      expect([end.page, end.stopped?.symptom]).toEqual(['registration-refused', 'registration-refused']);
      expect(rig.passkeys('jane')).toEqual([]);
    },
  );

  test.each(['off', 'no-self-service', 'out-of-scope'] as const)(
    '%s: there is nothing to add',
    async (passkeyPolicy) => {
      const rig = openWindow({ passkeyPolicy });
      await withPass(rig, 'jane', 'security-info');
      const list = await rig.computer('jane').press('add');
      expect(list.page).toBe('choose-method');
      expect(list.buttons.map(({ id }) => id)).toEqual(['back']);
    },
  );

  test('key restrictions bind at sign-in too: who has a passkey of the wrong maker is out', async () => {
    const rig = createRig();
    expect((await withPhonePasskey(rig, 'pat', 'mail')).page).toBe('mail');
    behave(rig, { passkeyPolicy: 'keys-only' });
    const refused = await withPhonePasskey(rig, 'pat', 'mail');
    expect([refused.page, refused.stopped?.symptom]).toEqual(['sign-in-passkey', 'passkey-refused']);
  });
});

describe('a federated domain', () => {
  test('asks for the password somewhere else, and for a pass at Entra', async () => {
    const rig = openWindow({ domain: 'federated' });
    expect((await begin(rig, 'jane', 'mail')).page).toBe('sign-in-pass');
    const asked = await rig.computer('jane').press('use-password');
    expect(asked.where).toBe('https://sts.northwind.example/adfs/ls/');
    expect((await registerOnPhone(rig, 'jane')).page).toBe('account-added');
  });

  test('proves no password of Entra’s to a strength that wants one', async () => {
    const rig = createRig();
    const [policy] = rig.state.policies.filter(({ displayName }) => displayName.startsWith('CA999'));
    rig.state.strengths.push({
      id: 'password',
      displayName: 'Password',
      policyType: 'custom',
      allowedCombinations: ['password', 'fido2'],
      requirementsSatisfied: 'none',
    });
    if (policy?.grantControls) policy.grantControls.authenticationStrength = { id: 'password' };
    expect((await withPassword(rig, 'jane', 'mail')).page).toBe('mail');
    behave(rig, { domain: 'federated' });
    expect((await withPassword(rig, 'jane', 'mail')).page).toBe('interrupt');
  });
});

test('one-time passes work once, and a pass for several uses not at all', async () => {
  const rig = openWindow({ passPolicy: 'one-time' });
  const refused = await withPass(rig, 'jane', 'security-info');
  expect(refused.stopped?.symptom).toBe('pass-refused');
  expect(refused.stopped?.message).toContain('User Credential Policy');
});

test('policies that replicate late are the ones she is judged by', async () => {
  const rig = createRig();
  rig.clock.advance(3_600_000);
  behave(rig, { policyLagMs: 60_000 });
  const all = rig.state.policies.find(({ displayName }) => displayName.startsWith('CA999'));
  rig.changes.changePolicy('admin', 'x', () => {
    if (all) all.state = 'disabled';
  });
  expect((await withPassword(rig, 'jane', 'mail')).page).toBe('interrupt');
  rig.clock.advance(60_000);
  expect((await withPassword(rig, 'jane', 'mail')).page).toBe('mail');
});
