import { POLICIES } from '../../playground/tenant/ids';
import { createRig, phoneWithPass, withPass, withPassword } from './devices-rig';

describe('without the group there is no way in', () => {
  test('on a computer the password ends in a dead end, and the policy is named', async () => {
    const rig = createRig();
    const asked = await withPassword(rig, 'jane', 'mail');
    expect(asked.page).toBe('interrupt');
    expect(rig.lastSignIn()).toMatchObject({ result: 'interrupt', errorCode: 50072, decidedBy: POLICIES.CA999 });
    const end = await rig.computer('jane').press('next');
    expect(end.page).toBe('dead-end');
    expect(end.stopped).toMatchObject({ symptom: 'dead-end', policy: { id: POLICIES.CA999 } });
    expect(rig.lastSignIn()).toMatchObject({
      resource: 'security-info',
      with: 'password',
      result: 'failure',
      decidedBy: POLICIES.CA999,
    });
    expect(rig.journal.tenant).toEqual([]);
  });

  test.each([
    ['jane', 'dead-end', 'dead-end'],
    ['jane-roe', 'interrupt', 'loop'],
  ])('on the phone of %s the page is %s and the symptom %s', async (key, page, symptom) => {
    const rig = createRig();
    const phone = rig.phone(key);
    await phone.press('open-app', { app: 'mail' });
    await phone.press('next', { name: rig.user(key).userPrincipalName });
    expect((await phone.press('next', { password: rig.user(key).password })).page).toBe('interrupt');
    for (const round of symptom === 'loop' ? [1, 2, 3] : [1]) {
      const again = await phone.press('next');
      expect([round, again.page, again.stopped?.symptom]).toEqual([round, page, symptom]);
      expect(again.stopped?.policy).toMatchObject({ id: POLICIES.CA999 });
    }
  });

  test.each(['jane', 'jane-roe'])('with a pass too: the phone leg of %s loops', async (key) => {
    const rig = createRig();
    rig.givePass(key);
    expect((await phoneWithPass(rig, key)).page).toBe('interrupt');
    for (const round of [1, 2]) {
      const again = await rig.phone(key).press('next');
      expect([round, again.page, again.stopped?.symptom]).toEqual([round, 'interrupt', 'loop']);
      expect(again.stopped?.policy?.id).toBe(POLICIES.CA999);
    }
    expect(rig.passkeys(key)).toEqual([]);
  });

  test('with a pass too: the computer ends in a dead end at Security info', async () => {
    const rig = createRig();
    rig.givePass('jane');
    expect((await withPass(rig, 'jane', 'security-info')).page).toBe('interrupt');
    const end = await rig.computer('jane').press('next');
    expect(end.stopped).toMatchObject({ symptom: 'dead-end', policy: { id: POLICIES.CA999 } });
  });

  test('a loop ends when the group has been joined meanwhile', async () => {
    const rig = createRig();
    rig.givePass('jane');
    await phoneWithPass(rig, 'jane');
    expect((await rig.phone('jane').press('next')).stopped?.symptom).toBe('loop');
    rig.join('jane');
    expect((await rig.phone('jane').press('next')).page).toBe('authenticator-provider');
  });

  test('membership counts when it has replicated', async () => {
    const rig = createRig();
    rig.givePass('jane');
    rig.clock.advance(60_000);
    rig.state.behaviour = { ...rig.state.behaviour, replicationLagMs: 30_000 };
    rig.join('jane');
    expect((await withPassword(rig, 'jane', 'mail')).page).toBe('interrupt');
    rig.clock.advance(31_000);
    expect((await withPassword(rig, 'jane', 'mail')).page).toBe('mail');
  });

  test('inside the group a policy on registering that takes no pass stops her as well', async () => {
    const rig = createRig();
    rig.join('jane');
    rig.givePass('jane');
    const ca888 = rig.state.policies.find((one) => one.id === POLICIES.CA888);
    if (ca888?.grantControls)
      ca888.grantControls.authenticationStrength = { id: '00000000-0000-0000-0000-000000000004' };
    expect((await withPass(rig, 'jane', 'security-info')).page).toBe('interrupt');
    expect((await rig.computer('jane').press('next')).stopped).toMatchObject({
      symptom: 'dead-end',
      policy: { id: POLICIES.CA888 },
    });
  });
});
