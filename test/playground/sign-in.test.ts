import { createAuthenticator } from '../../playground/tenant/authenticator';
import { POLICIES } from '../../playground/tenant/ids';
import { AAGUID, seededPrivateKey } from '../../playground/tenant/seed-passkey';
import {
  begin,
  CODE,
  createRig,
  ORIGIN,
  phoneWithPass,
  type Rig,
  registerOnPhone,
  withPass,
  withPassword,
  withPhonePasskey,
} from './devices-rig';

const MINUTE = 60_000;

describe('the password', () => {
  test('inside the window it opens mail, which is what the window costs', async () => {
    const rig = createRig();
    rig.join('jane');
    expect((await withPassword(rig, 'jane', 'mail')).page).toBe('mail');
    expect(rig.lastSignIn()).toMatchObject({ resource: 'mail', with: 'password', result: 'success', errorCode: 0 });
  });

  test('inside the window it does not open Security info', async () => {
    const rig = createRig();
    rig.join('jane');
    rig.givePass('jane');
    const asked = await withPassword(rig, 'jane', 'security-info');
    expect(asked.page).toBe('sign-in-pass');
    expect(asked.stopped).toMatchObject({ symptom: 'password-refused', policy: { id: POLICIES.CA888 } });
    expect((await rig.computer('jane').press('next', { pass: CODE })).page).toBe('interrupt');
  });

  test('after the exit it is refused, and the passkey opens mail', async () => {
    const rig = createRig();
    rig.join('jane');
    rig.givePass('jane');
    await registerOnPhone(rig, 'jane');
    rig.leave('jane');
    rig.changes.deletePass('admin', rig.user('jane').id);
    const refused = await withPassword(rig, 'jane', 'mail');
    expect(refused.page).toBe('sign-in-passkey');
    expect(refused.stopped).toMatchObject({
      symptom: 'password-refused',
      errorCode: 50074,
      policy: { id: POLICIES.CA999 },
    });
    expect(rig.lastSignIn()).toMatchObject({ with: 'password', result: 'interrupt', decidedBy: POLICIES.CA999 });
    expect((await withPhonePasskey(rig, 'jane', 'mail')).page).toBe('mail');
    expect(rig.lastSignIn()).toMatchObject({ with: 'passkey', result: 'success', decidedBy: POLICIES.CA999 });
  });

  test('with a guard policy it opens nothing, inside the window either', async () => {
    const rig = createRig('admins');
    rig.join('ada');
    const alone = await withPassword(rig, 'ada', 'mail');
    expect(alone.page).toBe('interrupt');
    expect(rig.lastSignIn()).toMatchObject({ result: 'interrupt', decidedBy: POLICIES.CA889 });
    rig.givePass('ada');
    const refused = await withPassword(rig, 'ada', 'mail');
    expect(refused.stopped).toMatchObject({ symptom: 'password-refused', policy: { id: POLICIES.CA889 } });
    expect((await rig.computer('ada').press('next', { pass: CODE })).page).toBe('mail');
  });

  test('the guard policy leaves registering alone, on both legs', async () => {
    const rig = createRig('admins');
    rig.join('ada');
    rig.givePass('ada');
    expect((await withPass(rig, 'ada', 'security-info')).page).toBe('interrupt');
    expect((await registerOnPhone(rig, 'ada')).page).toBe('account-added');
    rig.leave('ada');
    rig.changes.deletePass('admin', rig.user('ada').id);
    expect((await withPhonePasskey(rig, 'ada', 'portal')).page).toBe('portal');
  });

  test.each([
    ['a wrong one', 'jane', 'wrong', 50126],
    ['a disabled account', 'dana', undefined, 50057],
  ])('%s is refused', async (_name, key, password, errorCode) => {
    const rig = createRig();
    expect((await withPassword(rig, key, 'mail', password)).stopped?.errorCode).toBe(errorCode);
    expect(rig.lastSignIn()).toMatchObject({ result: 'failure', errorCode });
  });

  test('an unknown name is said to be unknown', async () => {
    const rig = createRig();
    await rig.computer('jane').press('open', { url: 'mail' });
    expect((await rig.computer('jane').press('next', { name: 'nobody@x.example' })).stopped?.errorCode).toBe(50034);
  });

  test('a block is a block whatever was proven', async () => {
    const rig = createRig();
    const ca999 = rig.state.policies.find((one) => one.id === POLICIES.CA999);
    if (ca999) ca999.grantControls = { operator: 'OR', builtInControls: ['block'], authenticationStrength: null };
    expect((await withPhonePasskey(rig, 'pat', 'mail')).stopped).toMatchObject({
      symptom: 'blocked',
      errorCode: 53003,
      policy: { id: POLICIES.CA999 },
    });
  });
});

describe('the pass', () => {
  const BLOCKED = 'blocked due to User Credential Policy';
  const targets = (rig: Rig) => rig.state.authenticationMethodsPolicy.temporaryAccessPass;
  test.each<[string, (rig: Rig) => void, string]>([
    ['wrong', (rig) => rig.givePass('jane', { code: 'another' }), 'incorrect'],
    ['deleted', (rig) => rig.changes.deletePass('admin', rig.user('jane').id), 'incorrect'],
    ['expired', (rig) => rig.clock.advance(60 * MINUTE), 'expired'],
    ['not valid yet', (rig) => rig.givePass('jane', { startsAt: Date.now() + MINUTE }), 'not valid yet'],
    ['one-time and used', (rig) => rig.givePass('jane', { usableOnce: true, uses: 1 }), BLOCKED],
    ['multi-use where one-time is forced', (rig) => Object.assign(targets(rig), { isUsableOnce: true }), BLOCKED],
    ['switched off', (rig) => Object.assign(targets(rig), { state: 'disabled' }), BLOCKED],
    ['out of scope', (rig) => targets(rig).includeTargets.splice(0), BLOCKED],
    [
      'excluded by a group',
      (rig) => targets(rig).excludeTargets.push({ targetType: 'group', id: rig.state.onboardingGroupId }),
      BLOCKED,
    ],
  ])('%s is refused', async (_name, break_, message) => {
    const rig = createRig();
    rig.join('jane');
    rig.givePass('jane');
    break_(rig);
    const page = await withPass(rig, 'jane', 'mail');
    expect(page.page).toBe('sign-in-pass');
    expect(page.stopped).toMatchObject({ symptom: 'pass-refused' });
    expect(page.stopped?.message).toContain(message);
    expect(rig.lastSignIn()).toMatchObject({ with: 'pass', result: 'failure' });
  });

  test('a one-time pass is used up by its first sign-in', async () => {
    const rig = createRig();
    rig.join('jane');
    rig.givePass('jane', { usableOnce: true });
    expect((await withPass(rig, 'jane', 'mail')).page).toBe('mail');
    expect((await begin(rig, 'jane', 'mail')).page).toBe('sign-in-password');
    expect((await withPass(rig, 'jane', 'mail')).stopped?.message).toContain(BLOCKED);
  });

  test('a pass is asked for first, and a new one when it has replicated', async () => {
    const rig = createRig();
    rig.clock.advance(MINUTE);
    rig.state.behaviour = { ...rig.state.behaviour, replicationLagMs: 20_000 };
    rig.givePass('jane');
    expect((await begin(rig, 'jane', 'mail')).page).toBe('sign-in-password');
    rig.clock.advance(21_000);
    expect((await begin(rig, 'jane', 'mail')).page).toBe('sign-in-pass');
  });
});

describe('sessions', () => {
  test.each<[string, (rig: Rig) => void]>([
    ['the pass is deleted', (rig) => rig.changes.deletePass('admin', rig.user('jane').id)],
    ['the pass is replaced', (rig) => rig.givePass('jane')],
    ['the pass expires', (rig) => rig.clock.advance(61 * MINUTE)],
    ['sessions are revoked', (rig) => rig.changes.revokeSessions('admin', rig.user('jane').id)],
  ])('one got with a pass ends when %s', async (_name, end) => {
    const rig = createRig();
    rig.join('jane');
    rig.givePass('jane');
    await withPass(rig, 'jane', 'mail');
    expect((await rig.computer('jane').press('open', { url: 'teams', keepSession: true })).page).toBe('teams');
    end(rig);
    const page = await rig.computer('jane').press('open', { url: 'teams', keepSession: true });
    expect(page.page).toBe('sign-in-name');
    expect(page.stopped).toMatchObject({ symptom: 'session-expired', errorCode: 50173 });
    expect(rig.lastSignIn()).toMatchObject({ with: 'session', result: 'failure', errorCode: 50173 });
  });

  test('one got with a passkey outlives the pass, and ends with a revocation', async () => {
    const rig = createRig();
    await withPhonePasskey(rig, 'pat', 'mail');
    rig.givePass('pat');
    rig.changes.deletePass('admin', rig.user('pat').id);
    expect((await rig.computer('pat').press('refresh')).page).toBe('mail');
    rig.changes.revokeSessions('admin', rig.user('pat').id);
    expect((await rig.computer('pat').press('refresh')).stopped?.errorCode).toBe(50173);
    expect((await withPhonePasskey(rig, 'pat', 'mail')).page).toBe('mail');
  });

  test('one got with the password is judged again after the exit', async () => {
    const rig = createRig();
    rig.join('jane');
    await withPassword(rig, 'jane', 'mail');
    expect((await rig.computer('jane').press('refresh')).page).toBe('mail');
    rig.leave('jane');
    expect((await rig.computer('jane').press('refresh')).page).toBe('interrupt');
    expect(rig.lastSignIn()).toMatchObject({ with: 'session', decidedBy: POLICIES.CA999 });
  });

  test('one that begins in the millisecond of a revocation holds, one that ended in it does not', async () => {
    const rig = createRig();
    const now = Date.now();
    jest.spyOn(rig.clock, 'now').mockReturnValue(now);
    rig.join('jane');
    rig.changes.revokeSessions('admin', rig.user('jane').id);
    await withPassword(rig, 'jane', 'mail');
    expect((await rig.computer('jane').press('refresh')).page).toBe('mail');
    jest.spyOn(rig.clock, 'now').mockReturnValue(now + 1);
    rig.changes.revokeSessions('admin', rig.user('jane').id);
    expect((await rig.computer('jane').press('refresh')).stopped?.errorCode).toBe(50173);
  });

  test('a private window knows no session', async () => {
    const rig = createRig();
    rig.join('jane');
    await withPassword(rig, 'jane', 'mail');
    expect((await rig.computer('jane').press('open', { url: 'mail' })).page).toBe('sign-in-name');
  });
});

describe('the passkey', () => {
  type Request = Parameters<ReturnType<typeof createAuthenticator>['get']>[0];

  /** Pat's phone in the test's hands, at the moment the browser asks for an answer. */
  async function asked(rig: Rig) {
    const passkey = rig.passkeys('pat')[0]?.fido2;
    if (!passkey) throw new Error('pat has a passkey');
    const phone = createAuthenticator({ aaGuid: AAGUID.authenticatorAndroid, synced: false });
    const load = (privateKey = seededPrivateKey(passkey.credentialId)) =>
      phone.load({ id: passkey.credentialId, rpId: 'localhost', userHandle: '', privateKey, counter: 0 });
    await begin(rig, 'pat', 'mail');
    const page = await rig.computer('pat').press('security-key');
    return { phone, load, passkey, options: page.webauthn?.options as Request };
  }
  const answer = (rig: Rig, webauthn: unknown) => rig.computer('pat').press('continue', { webauthn });

  test('a good assertion signs in and moves the counter', async () => {
    const rig = createRig();
    const { phone, load, passkey, options } = await asked(rig);
    load();
    expect((await answer(rig, phone.get(options, ORIGIN))).page).toBe('mail');
    expect(passkey.counter).toBe(1);
  });

  test('signed with another key', async () => {
    const rig = createRig();
    const { phone, load, options } = await asked(rig);
    load(seededPrivateKey('another'));
    await refused(rig, phone.get(options, ORIGIN));
  });

  test('tampered with', async () => {
    const rig = createRig();
    const { phone, load, options } = await asked(rig);
    load();
    const good = phone.get(options, ORIGIN);
    const data = Buffer.from(good?.response.authenticatorData ?? '', 'base64url');
    data.writeUInt32BE(99, 33);
    await refused(rig, {
      ...good,
      response: { ...good?.response, authenticatorData: data.toString('base64url') },
    });
  });

  test('from another origin', async () => {
    const rig = createRig();
    const { phone, load, options } = await asked(rig);
    load();
    await refused(rig, phone.get(options, 'http://localhost:1'));
  });

  test('replayed', async () => {
    const rig = createRig();
    const { phone, load, options } = await asked(rig);
    load();
    const good = phone.get(options, ORIGIN);
    await answer(rig, good);
    await begin(rig, 'pat', 'mail');
    await rig.computer('pat').press('security-key');
    await refused(rig, good);
  });

  test('copied: a counter that has been passed', async () => {
    const rig = createRig();
    const { phone, load, passkey, options } = await asked(rig);
    load();
    passkey.counter = 7;
    await refused(rig, phone.get(options, ORIGIN));
  });

  test('deleted in the tenant while it is still on the phone', async () => {
    const rig = createRig();
    rig.clock.advance(1);
    await rig.phone('pat').look();
    await begin(rig, 'pat', 'mail');
    await rig.computer('pat').press('phone');
    await rig.phone('pat').press('scan');
    rig.changes.removeMethod('admin', rig.user('pat').id, rig.passkeys('pat')[0]?.id ?? '');
    await rig.phone('pat').press('approve');
    expect((await rig.computer('pat').look()).stopped?.symptom).toBe('passkey-refused');
  });

  test('on the phone itself', async () => {
    const rig = createRig();
    const phone = rig.phone('pat');
    await phone.press('open-app', { app: 'mail' });
    await phone.press('next', { name: rig.user('pat').userPrincipalName });
    await phone.press('continue');
    expect((await phone.press('approve')).page).toBe('mail');
  });

  test('a pass does not stand in for it while an old one is registered', async () => {
    const rig = createRig();
    rig.givePass('pat');
    const page = await withPass(rig, 'pat', 'mail');
    expect(page.page).toBe('sign-in-passkey');
    expect(page.stopped).toMatchObject({ symptom: 'pass-refused', policy: { id: POLICIES.CA999 } });
  });

  test('an old one is asked for where a new one would be registered, until it is deleted', async () => {
    const rig = createRig();
    rig.join('pat');
    rig.clock.advance(1);
    rig.givePass('pat');
    const asked = await withPass(rig, 'pat', 'https://aka.ms/mysecurityinfo');
    expect(asked).toMatchObject({ page: 'sign-in-passkey', stopped: { symptom: 'passkey-refused', errorCode: 50074 } });
    expect((await phoneWithPass(rig, 'pat')).page).toBe('sign-in-passkey');
    for (const old of rig.passkeys('pat')) rig.changes.removeMethod('admin', rig.user('pat').id, old.id);
    expect((await withPass(rig, 'pat', 'https://aka.ms/mysecurityinfo')).page).not.toBe('sign-in-passkey');
  });

  async function refused(rig: Rig, webauthn: unknown): Promise<void> {
    const page = await answer(rig, webauthn);
    expect(page.stopped).toMatchObject({ symptom: 'passkey-refused' });
    expect(rig.lastSignIn()).toMatchObject({ with: 'passkey', result: 'failure' });
  }
});

describe('the routes', () => {
  test('list everybody, and nothing that is not there', async () => {
    const rig = createRig();
    const people = (await rig.call('GET', '/people')).body as { key: string }[];
    expect(people.map((one) => one.key)).toEqual(expect.arrayContaining(['jane', 'priya', 'mo', 'breakglass']));
    expect((await rig.call('GET', '/people/nobody/phone')).status).toBe(404);
    expect((await rig.call('GET', '/people/jane/fridge')).status).toBe(404);
    expect((await rig.call('GET', '/people/breakglass/phone')).status).toBe(404);
  });

  test('a button that is not on the page is an error and changes nothing', async () => {
    const rig = createRig();
    await begin(rig, 'jane', 'mail');
    const reply = await rig.computer('jane').raw({ press: 'approve' });
    expect(reply.status).toBe(400);
    expect((await rig.computer('jane').look()).page).toBe('sign-in-password');
    for (const bad of [undefined, null, 'next', { press: 7 }, { press: 'constructor' }, { press: 'next', fields: 3 }]) {
      const { status } = await rig.computer('jane').raw(bad);
      expect([bad, status === 200 || status === 400]).toEqual([bad, true]);
    }
  });
});
