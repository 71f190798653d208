import { KIND_BEHAVIOUR, whyNoBehaviour } from '../../playground/kind-behaviour';
import { SWITCHES } from '../../playground/page/unkind';

describe('a change of behaviour', () => {
  test('is taken where every word and number is one', () => {
    expect(whyNoBehaviour(KIND_BEHAVIOUR)).toBeNull();
    for (const { name, choices } of SWITCHES.flatMap(({ switches }) => switches))
      for (const [choice] of choices) expect([name, whyNoBehaviour({ [name]: choice })]).toEqual([name, null]);
  });

  test.each([
    [{ membershipLag: 5 }, 'no such behaviour'],
    [{ membershipLagMs: '5' }, 'is a number'],
    [{ membershipLagMs: Number.NaN }, 'is a number'],
    [{ flicker: 1 }, 'is a boolean'],
    [{ faults: {} }, 'is a list'],
    [{ passPolicy: 'none' }, 'is one of'],
    [{ domain: null }, 'is one of'],
    [{ errorShare: 2 }, 'between 0 and 1'],
    [{ toString: 1 }, 'no such behaviour'],
  ])('%j is refused', (change, why) => {
    expect(whyNoBehaviour(change)).toContain(why);
  });
});
