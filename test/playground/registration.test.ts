import { createAuthenticator } from '../../playground/tenant/authenticator';
import { AAGUID } from '../../playground/tenant/seed-passkey';
import {
  CODE,
  createRig,
  ORIGIN,
  phoneToSave,
  phoneWithPass,
  type Rig,
  registerOnPhone,
  withPass,
  withPassword,
  withPhonePasskey,
} from './devices-rig';

const MINUTE = 60_000;

function inWindow(key = 'jane'): Rig {
  const rig = createRig();
  rig.join(key);
  rig.givePass(key);
  return rig;
}

describe('computer, then phone', () => {
  test('from the private window to the passkey in the list', async () => {
    const rig = inWindow();
    const computer = rig.computer('jane');
    expect((await withPass(rig, 'jane', 'https://aka.ms/mysecurityinfo')).page).toBe('interrupt');
    expect((await computer.press('next')).page).toBe('wizard-install');
    expect((await computer.press('next')).page).toBe('wizard-wait');
    expect((await computer.press('next')).text.join(' ')).toContain('cannot see a passkey yet');

    expect((await phoneWithPass(rig, 'jane')).page).toBe('authenticator-provider');
    expect((await rig.phone('jane').press('done')).page).toBe('biometric-prompt');
    expect(kinds(rig)).toEqual([]);
    expect((await rig.phone('jane').press('approve')).page).toBe('biometric-prompt');
    expect(kinds(rig)).toEqual(['microsoftAuthenticator']);
    expect((await rig.phone('jane').press('approve')).page).toBe('save-passkey');
    expect((await rig.phone('jane').press('save')).page).toBe('biometric-prompt');
    expect((await computer.press('next')).page).toBe('wizard-wait');
    expect((await rig.phone('jane').press('approve')).page).toBe('account-added');
    expect((await rig.phone('jane').press('done')).page).toBe('authenticator');

    expect((await computer.press('next')).page).toBe('wizard-created');
    const list = await computer.press('done');
    expect(list.page).toBe('security-info');
    expect(list.text).toContain('Passkey: Authenticator - iOS');
    expect(rig.journal.tenant.slice(2)).toMatchObject([
      { kind: 'method-added', methodKind: 'microsoftAuthenticator', actor: `user:${rig.user('jane').id}` },
      { kind: 'method-added', methodKind: 'fido2', aaGuid: AAGUID.authenticatorIos, passkeyType: 'deviceBound' },
    ]);
    expect(rig.state.passes.get(rig.user('jane').id)?.uses).toBe(2);
    expect(JSON.stringify(rig.journal)).not.toContain(CODE);
  });

  test('Next and Done work after she was taken out of the group', async () => {
    const rig = inWindow();
    const computer = rig.computer('jane');
    await withPass(rig, 'jane', 'security-info');
    await computer.press('next');
    await computer.press('next');
    await registerOnPhone(rig, 'jane');
    rig.leave('jane');
    expect((await rig.phone('jane').press('done')).page).toBe('authenticator');
    expect((await computer.press('next')).page).toBe('wizard-created');
    expect((await computer.press('done')).page).toBe('security-info');
  });

  test('a new token is judged after she was taken out of the group', async () => {
    const rig = inWindow();
    await withPass(rig, 'jane', 'mail');
    rig.leave('jane');
    const page = await rig.computer('jane').press('refresh');
    expect(page.page).toBe('interrupt');
    expect(rig.lastSignIn()).toMatchObject({ with: 'session', result: 'interrupt' });
  });

  test.each([
    ['its pass is deleted', (rig: Rig) => rig.changes.deletePass('admin', rig.user('jane').id)],
    ['its pass is replaced', (rig: Rig) => rig.givePass('jane')],
    ['its pass has expired', (rig: Rig) => rig.clock.advance(61 * MINUTE)],
    ['sessions are revoked', (rig: Rig) => rig.changes.revokeSessions('admin', rig.user('jane').id)],
  ])('neither works once %s', async (_name, end) => {
    const rig = inWindow();
    const computer = rig.computer('jane');
    await withPass(rig, 'jane', 'security-info');
    await computer.press('next');
    await computer.press('next');
    await registerOnPhone(rig, 'jane');
    end(rig);
    for (const page of [await computer.press('next'), await rig.phone('jane').press('done')]) {
      expect(page.page).toBe('session-expired');
      expect(page.stopped).toMatchObject({ symptom: 'session-expired', errorCode: 50173 });
    }
    expect(rig.passkeys('jane')).toHaveLength(1);
  });

  test('Security info ends after fifteen minutes', async () => {
    const rig = inWindow();
    const computer = rig.computer('jane');
    await withPass(rig, 'jane', 'security-info');
    rig.clock.advance(14 * MINUTE);
    expect((await computer.press('next')).page).toBe('wizard-install');
    rig.clock.advance(2 * MINUTE);
    expect((await computer.press('next')).stopped?.symptom).toBe('session-expired');
  });

  test('the passkey wants a strong sign-in within five minutes', async () => {
    const rig = inWindow();
    await phoneWithPass(rig, 'jane');
    await phoneToSave(rig, 'jane');
    rig.clock.advance(6 * MINUTE);
    const asked = await rig.phone('jane').press('save');
    expect(asked.page).toBe('sign-in-pass');
    expect((await rig.phone('jane').press('next', { pass: CODE })).page).toBe('biometric-prompt');
    expect((await rig.phone('jane').press('approve')).page).toBe('account-added');
  });

  test('asking again for that is a new token, and judged', async () => {
    const rig = inWindow();
    await phoneWithPass(rig, 'jane');
    await phoneToSave(rig, 'jane');
    rig.leave('jane');
    rig.clock.advance(6 * MINUTE);
    await rig.phone('jane').press('save');
    expect((await rig.phone('jane').press('next', { pass: CODE })).page).toBe('interrupt');
    expect(rig.passkeys('jane')).toEqual([]);
  });
});

describe('saved in the wrong place', () => {
  test('a synced passkey is refused, and Authenticator still works afterwards', async () => {
    const rig = inWindow();
    await phoneWithPass(rig, 'jane');
    await phoneToSave(rig, 'jane');
    await rig.phone('jane').press('save-elsewhere');
    const refused = await rig.phone('jane').press('approve');
    expect(refused.stopped).toMatchObject({ symptom: 'registration-refused' });
    expect(rig.passkeys('jane')).toEqual([]);
    await rig.phone('jane').press('retry');
    await rig.phone('jane').press('save');
    expect((await rig.phone('jane').press('approve')).page).toBe('account-added');
  });

  test('where synced ones are let in, it is one', async () => {
    const rig = inWindow('jane-roe');
    rig.state.authenticationMethodsPolicy.fido2.syncedAllowed = true;
    await phoneWithPass(rig, 'jane-roe');
    await phoneToSave(rig, 'jane-roe');
    await rig.phone('jane-roe').press('save-elsewhere');
    expect((await rig.phone('jane-roe').press('approve')).page).toBe('account-added');
    expect(rig.passkeys('jane-roe')[0]).toMatchObject({
      displayName: 'Google Password Manager',
      fido2: { passkeyType: 'synced', attestationLevel: 'notAttested' },
    });
    rig.leave('jane-roe');
    rig.changes.deletePass('admin', rig.user('jane-roe').id);
    expect((await withPhonePasskey(rig, 'jane-roe', 'mail')).page).toBe('mail');
  });

  test('what a key restriction refused is in the way until it is deleted on the phone', async () => {
    const rig = inWindow();
    const { keyRestrictions } = rig.state.authenticationMethodsPolicy.fido2;
    Object.assign(keyRestrictions, { isEnforced: true, enforcementType: 'allow', aaGuids: [AAGUID.securityKey] });
    expect((await registerOnPhone(rig, 'jane')).stopped?.symptom).toBe('registration-refused');
    keyRestrictions.aaGuids = [AAGUID.authenticatorIos.toUpperCase()];
    await rig.phone('jane').press('retry');
    await rig.phone('jane').press('save');
    expect((await rig.phone('jane').press('approve')).stopped?.message).toContain('already');
    await rig.phone('jane').press('delete-local');
    await rig.phone('jane').press('save');
    expect((await rig.phone('jane').press('approve')).page).toBe('account-added');
  });
});

describe('the passkey policy', () => {
  test.each([
    ['off', (rig: Rig) => Object.assign(rig.state.authenticationMethodsPolicy.fido2, { state: 'disabled' })],
    [
      'self-service off',
      (rig: Rig) =>
        Object.assign(rig.state.authenticationMethodsPolicy.fido2, { isSelfServiceRegistrationAllowed: false }),
    ],
    [
      'her group excluded',
      (rig: Rig) =>
        rig.state.authenticationMethodsPolicy.fido2.excludeTargets.push({
          targetType: 'group',
          id: rig.state.onboardingGroupId,
        }),
    ],
  ])('%s: refused on the phone and not offered on the computer', async (_name, set) => {
    const rig = inWindow();
    set(rig);
    expect((await registerOnPhone(rig, 'jane')).stopped?.symptom).toBe('registration-refused');
    expect((await withPass(rig, 'jane', 'security-info')).page).toBe('security-info');
    const offered = (await rig.computer('jane').press('add')).buttons.map((one) => one.id);
    expect(offered).toEqual(['back']);
    expect(rig.passkeys('jane')).toEqual([]);
  });

  test('attestation enforced: Authenticator passes, the phone maker does not', async () => {
    const rig = inWindow();
    Object.assign(rig.state.authenticationMethodsPolicy.fido2, { isAttestationEnforced: true, syncedAllowed: true });
    await phoneWithPass(rig, 'jane');
    await phoneToSave(rig, 'jane');
    await rig.phone('jane').press('save-elsewhere');
    expect((await rig.phone('jane').press('approve')).stopped?.symptom).toBe('registration-refused');
    await rig.phone('jane').press('retry');
    await rig.phone('jane').press('save');
    expect((await rig.phone('jane').press('approve')).page).toBe('account-added');
    expect(rig.passkeys('jane')[0]?.fido2?.attestationLevel).toBe('attested');
  });
});

describe('a security key, made by the browser', () => {
  async function toCeremony(rig: Rig) {
    const computer = rig.computer('jane');
    await withPass(rig, 'jane', 'security-info');
    await computer.press('next');
    await computer.press('different-method');
    return computer.press('security-key');
  }
  const key = () => createAuthenticator({ aaGuid: AAGUID.securityKey, synced: false });
  type Creation = Parameters<ReturnType<typeof key>['create']>[0];
  type Request = Parameters<ReturnType<typeof key>['get']>[0];

  test('is registered, and signs in', async () => {
    const rig = inWindow();
    const mine = key();
    const asked = await toCeremony(rig);
    expect(asked).toMatchObject({
      page: 'security-key-create',
      webauthn: { kind: 'create', options: { attestation: 'none' } },
    });
    const answer = mine.create(asked.webauthn?.options as Creation, ORIGIN);
    const made = await rig.computer('jane').press('continue', { webauthn: answer, name: 'My blue key' });
    expect(made.page).toBe('wizard-created');
    expect((await rig.computer('jane').press('done')).text).toContain('Passkey: My blue key');

    rig.leave('jane');
    rig.changes.deletePass('admin', rig.user('jane').id);
    await rig.computer('jane').press('open', { url: 'mail' });
    await rig.computer('jane').press('next', { name: rig.user('jane').userPrincipalName });
    const get = await rig.computer('jane').press('security-key');
    const assertion = mine.get(get.webauthn?.options as Request, ORIGIN);
    expect((await rig.computer('jane').press('continue', { webauthn: assertion })).page).toBe('mail');
  });

  test.each([
    ['from another origin', (options: Creation) => key().create(options, 'http://localhost:1')],
    [
      'for another party',
      (options: Creation) => key().create({ ...options, rp: { name: 'x', id: 'evil.example' } }, ORIGIN),
    ],
    ['to another challenge', (options: Creation) => key().create({ ...options, challenge: 'AAAA' }, ORIGIN)],
    ['that is no answer', () => 'nothing'],
    ['that is missing', () => undefined],
  ])('an answer %s is refused, and the next one has a new challenge', async (_name, answer) => {
    const rig = inWindow();
    const asked = await toCeremony(rig);
    const options = asked.webauthn?.options as Creation;
    const refused = await rig.computer('jane').press('continue', { webauthn: answer(options) });
    expect(refused.page).toBe('security-key-create');
    expect(refused.stopped?.symptom).toBe('registration-refused');
    expect(refused.webauthn?.options).toMatchObject({ challenge: expect.not.stringMatching(options.challenge) });
    expect(rig.passkeys('jane')).toEqual([]);
  });

  test('that claims to be Authenticator proves nothing by its own signature', async () => {
    const rig = inWindow();
    Object.assign(rig.state.authenticationMethodsPolicy.fido2, { isAttestationEnforced: true });
    const claimed = createAuthenticator({ aaGuid: AAGUID.authenticatorIos, synced: false });
    const asked = await toCeremony(rig);
    expect(asked.webauthn?.options).toMatchObject({ attestation: 'direct' });
    const answer = claimed.create(asked.webauthn?.options as Creation, ORIGIN);
    const refused = await rig.computer('jane').press('continue', { webauthn: answer });
    expect(refused.stopped?.symptom).toBe('registration-refused');
  });

  test('whose credential somebody else has is refused', async () => {
    const rig = inWindow();
    const asked = await toCeremony(rig);
    const answer = key().create(asked.webauthn?.options as Creation, ORIGIN);
    const theirs = rig.passkeys('pat')[0];
    if (!theirs?.fido2) throw new Error('pat has a passkey');
    Object.assign(theirs.fido2, { credentialId: answer.id });
    const refused = await rig.computer('jane').press('continue', { webauthn: answer });
    expect(refused.stopped?.message).toContain('registered already');
    expect(rig.passkeys('jane')).toEqual([]);
  });

  test('an answer cannot be used twice', async () => {
    const rig = inWindow();
    const asked = await toCeremony(rig);
    const answer = key().create(asked.webauthn?.options as Creation, ORIGIN);
    await rig.computer('jane').press('continue', { webauthn: answer });
    await rig.computer('jane').press('done');
    await rig.computer('jane').press('add');
    await rig.computer('jane').press('security-key');
    const again = await rig.computer('jane').press('continue', { webauthn: answer });
    expect(again.stopped?.symptom).toBe('registration-refused');
    expect(rig.passkeys('jane')).toHaveLength(1);
  });
});

describe('from the list', () => {
  test('somebody with a passkey adds a key with it, without any window', async () => {
    const rig = createRig();
    expect((await withPhonePasskey(rig, 'pat', 'security-info')).page).toBe('security-info');
    await rig.computer('pat').press('add');
    expect((await rig.computer('pat').press('security-key')).page).toBe('security-key-create');
  });

  test('an old passkey is not taken for the new one', async () => {
    const rig = createRig();
    await withPhonePasskey(rig, 'pat', 'security-info');
    await rig.computer('pat').press('add');
    expect((await rig.computer('pat').press('authenticator')).page).toBe('wizard-install');
    await rig.computer('pat').press('next');
    expect((await rig.computer('pat').press('next')).page).toBe('wizard-wait');
  });

  test('a bare password is not enough to register where no policy asks', async () => {
    const rig = createRig();
    for (const policy of rig.state.policies) policy.state = 'disabled';
    expect((await withPassword(rig, 'pat', 'security-info')).page).toBe('security-info');
    await rig.computer('pat').press('add');
    expect((await rig.computer('pat').press('security-key')).page).toBe('sign-in-passkey');
    await rig.computer('pat').press('use-password');
    const refused = await rig.computer('pat').press('next', { password: rig.user('pat').password });
    expect(refused.stopped?.symptom).toBe('registration-refused');
  });
});

function kinds(rig: Rig): string[] {
  return rig.state.methods
    .filter((one) => one.userId === rig.user('jane').id && one.kind !== 'password')
    .map((one) => one.kind);
}
