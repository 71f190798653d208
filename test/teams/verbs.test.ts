import type { Onboarding } from '../../bot/onboarding/onboarding';
import { readClick } from '../../bot/teams/click-data';
import { handleClick } from '../../bot/teams/clicks';
import { createPassScreens } from '../../bot/teams/pass-screens';
import { type Verb, verbs } from '../../cards/render';
import { jane, lee, MINUTE, mallory, mo, priya } from '../onboarding/people';
import { Stage } from '../workflow/stage';

/**
 * Every button that there is, on the real workflow, in every state: who presses, which onboarding, which version. A verb
 * that is added is tried here without anybody having to think of it.
 */
const STATES = {
  requested: (stage: Stage) => stage.request(),
  approved: (stage: Stage) => stage.approved(),
  open: (stage: Stage) => stage.open(),
  stopped: async (stage: Stage) => {
    const open = await stage.open();
    await stage.workflow.onboardings.stop(stage.click(open, mo.id));
    await stage.clock.advance(MINUTE, 1_000);
    return stage.now(open);
  },
} satisfies Record<string, (stage: Stage) => Promise<Onboarding>>;

interface Named {
  readonly onboarding: string;
  readonly nonce: string;
  readonly version: number;
}

async function press(stage: Stage, verb: Verb, by: string, named: Named) {
  const inputs = { knowsPerson: 'true', spokeToday: 'true', why: 'x', at: 'sign-in', saw: 'other', language: 'de' };
  const data = readClick({ trigger: 'manual', action: { verb, data: { ...named, ...inputs } } });
  if (typeof data === 'string') throw new Error(`${verb}: ${data}`);
  const deps = {
    onboardings: stage.workflow.onboardings,
    outbox: stage.opened.outbox,
    rules: { windowLength: 60 * MINUTE, maxPasses: 3 },
    screens: createPassScreens(),
  };
  const conversation = {
    id: `a:${by}`,
    serviceUrl: 'https://x',
    kind: 'personal',
    personId: by,
    locale: null,
  } as const;
  const answer = handleClick(
    deps,
    {
      caller: { person: by, conversation, zone: undefined, mentions: [] },
      click: { by, onboardingId: named.onboarding, nonce: named.nonce, version: named.version },
      viewer: { id: by },
    },
    data,
  );
  let done = false;
  void answer.finally(() => {
    done = true;
  });
  for (let round = 0; round < 200 && !done; round++) await stage.clock.advance(25, 25);
  return JSON.stringify(await answer);
}

describe.each(Object.entries(STATES))('on one that is %s', (_state, reach) => {
  let stage: Stage;
  let onboarding: Onboarding;
  const named = (): Named => ({ onboarding: onboarding.id, nonce: onboarding.nonce, version: onboarding.version });

  beforeEach(async () => {
    stage = await new Stage().start();
    onboarding = await reach(stage);
  });
  afterEach(() => stage.end());

  /** Presses, and holds that nothing came of it: not in the store, not in the tenant, and no pass in the answer. */
  async function nothingComesOf(verb: Verb, by: string, what: Named): Promise<string> {
    const before = [JSON.stringify(await stage.now(onboarding)), ...stage.tenant.effects];
    const answer = await press(stage, verb, by, what);
    const after = [JSON.stringify(await stage.now(onboarding)), ...stage.tenant.effects];
    expect([verb, by, after]).toEqual([verb, by, before]);
    expect([verb, by, /code-\d/.test(answer.replaceAll(' ', ''))]).toEqual([verb, by, false]);
    return answer;
  }

  test('a stranger presses anything, with everything that the card says: nothing, and nobody is named', async () => {
    for (const verb of verbs)
      for (const by of [mallory.id])
        expect([verb, by, await nothingComesOf(verb, by, named())]).toEqual([
          verb,
          by,
          expect.not.stringMatching(/Jane|Mo\b/),
        ]);
  });

  test('whoever has a part in it presses with a card that is not of it: nothing', async () => {
    const forged: Partial<Named>[] = [{ nonce: 'another' }, { nonce: '' }, { onboarding: 'no-such' }];
    for (const verb of verbs)
      for (const by of [mo.id, jane.id, priya.id, lee.id])
        for (const more of forged) await nothingComesOf(verb, by, { ...named(), ...more });
  });

  test('a card from the future is of no use', async () => {
    for (const verb of verbs)
      for (const by of [mo.id, jane.id, priya.id])
        if (!reads.has(verb)) await nothingComesOf(verb, by, { ...named(), version: onboarding.version + 1_000 });
  });
});

/** They change nothing of an onboarding, so an old or new card makes no difference to them. */
const reads: ReadonlySet<Verb> = new Set<Verb>([
  // By its number, as when it is typed.
  'cancel',
  'want-pass',
  'guide',
  'stuck',
  'stuck-look',
  'language',
  'choose',
  'recover',
]);
