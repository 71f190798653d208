import { nextStep } from '../../bot/onboarding/next-step';
import type { Onboarding, State } from '../../bot/onboarding/onboarding';

const passkey = { id: 'key', kind: 'passkey', seenAt: 1 } as const;
const seen: readonly (readonly [string, Partial<Onboarding>])[] = [
  ['start', {}],
  ['passkey', { authenticatorSeenAt: 1 }],
  ['elsewhere', { authenticatorSeenAt: 1, wrongKind: passkey }],
  ['finish', { authenticatorSeenAt: 1, wrongKind: passkey, passkey }],
];
const states: readonly State[] = ['requested', 'approved', 'opening', 'open', 'closing'];

test.each(seen)('"%s" follows from what was seen of her methods alone: no state of the window shows', (step, part) => {
  for (const state of states) expect([state, nextStep({ state, ...part })]).toEqual([state, step]);
});

test('once it is over, whatever its end, it is what somebody unknown is told', () => {
  for (const [, part] of seen) expect(nextStep({ state: 'closed', ...part })).toBe('start');
});

test('nothing else of an onboarding is looked at', () => {
  const read = new Set<string | symbol>();
  const watched = new Proxy({ state: 'open' } as Onboarding, {
    get(target, name) {
      read.add(name);
      return Reflect.get(target, name);
    },
  });
  nextStep(watched);
  expect([...read].sort()).toEqual(['authenticatorSeenAt', 'passkey', 'state', 'wrongKind']);
});
