import { changeText } from '../../playground/page/change-text';
import { STEPS, stepNow } from '../../playground/page/story-steps';
import { windowsOf } from '../../playground/page/window-view';
import { createRig } from './rig';

const MINUTE = 60_000;

test('the panel never holds a code', () => {
  const rig = createRig();
  rig.open();
  rig.mint('Find~me#1');
  rig.deletePass();
  rig.mint('Find~me#2');
  expect(JSON.stringify(rig.panel())).not.toMatch(/Find~me/);
  expect(rig.panel().passes).toMatchObject([{ name: 'Jane Doe', over: false, uses: 0 }]);
});

test('an open window runs out with its pass; before there is one, after an hour', () => {
  const rig = createRig();
  rig.open();
  const [before] = windowsOf(rig.panel()).open;
  expect(before).toMatchObject({ by: 'onboard', endKnown: false, outAt: null });
  expect((before?.endsAt ?? 0) - (before?.since ?? 0)).toBe(60 * MINUTE);

  rig.clock.advance(5 * MINUTE);
  rig.mint();
  const [after] = windowsOf(rig.panel()).open;
  expect(after?.endKnown).toBe(true);
  expect((after?.endsAt ?? 0) - (after?.since ?? 0)).toBeGreaterThanOrEqual(65 * MINUTE);
});

test('nothing takes out whom somebody put in by hand', () => {
  const rig = createRig();
  rig.open('admin');
  expect(windowsOf(rig.panel()).open).toMatchObject([{ by: 'hand', endsAt: null }]);
});

test('each part of the end is shown when it happened, and not before', () => {
  const rig = createRig();
  rig.open();
  rig.mint();
  rig.passkey();
  rig.close();
  expect(windowsOf(rig.panel())).toMatchObject({
    open: [],
    last: {
      userId: rig.jane,
      passkeyAt: expect.any(Number),
      outAt: expect.any(Number),
      passGoneAt: null,
      revokedAt: null,
    },
  });
  rig.deletePass();
  rig.revoke();
  expect(windowsOf(rig.panel()).last).toMatchObject({
    passGoneAt: expect.any(Number),
    revokedAt: expect.any(Number),
  });
});

test('sessions revoked before she left the group prove nothing', () => {
  const rig = createRig();
  rig.open();
  rig.revoke();
  rig.clock.advance(MINUTE);
  rig.close();
  expect(windowsOf(rig.panel()).last?.revokedAt).toBeNull();
});

test('a second stay does not take its proofs from the first', () => {
  const rig = createRig();
  rig.open();
  rig.passkey();
  rig.close();
  rig.revoke();
  rig.clock.advance(MINUTE);
  rig.open();
  expect(windowsOf(rig.panel()).open).toMatchObject([{ passkeyAt: null, outAt: null, revokedAt: null }]);
});

test('the story goes step by step', () => {
  const rig = createRig();
  const now = (cards: readonly unknown[] = []) =>
    stepNow({
      panel: rig.panel(),
      screens: {
        mo: {
          key: 'mo',
          toasts: [],
          conversations: [
            {
              id: 'a',
              kind: 'personal',
              name: 'Onboard',
              unread: 0,
              messages: cards.map((card, at) => ({ id: String(at), at, from: 'bot', card, ownView: false })),
            },
          ],
        },
      },
    });
  const steps = [now(), now([{ actions: [{ verb: 'approve', data: { onboarding: 'x1' } }] }])];
  for (const act of [rig.open, rig.mint, rig.passkey, rig.close, rig.deletePass, rig.revoke]) {
    act();
    steps.push(now());
  }
  expect(steps).toEqual([0, 1, 1, 2, 3, 4, 4, STEPS.length]);
});

test('every change is a sentence with somebody who made it', () => {
  const rig = createRig();
  rig.open();
  rig.passkey();
  rig.close('admin');
  const { changes, group } = rig.panel();
  const said = changes.map((change) => changeText(change, (id) => (id === rig.jane ? 'Jane Doe' : id), group.id));
  expect(said.map(({ who, text }) => `${who} ${text}`)).toEqual([
    'An administrator, by hand, took Jane Doe out of the onboarding group',
    'Jane Doe registered a passkey',
    'Onboard put Jane Doe into the onboarding group',
  ]);
});
