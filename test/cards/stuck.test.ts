import type { Onboarding } from '../../bot/onboarding/onboarding';
import { renderStuck, type StuckTalk } from '../../cards/render';
import { english, isKey, routes } from '../../cards/strings/strings';
import { type StuckRow, stuckPlaces, stuckRow, stuckRows, stuckRowsAt } from '../../cards/stuck-catalogue';
import { ids, openOnboarding } from '../teams/fakes';

const viewer = { id: ids.jane };

interface Action {
  readonly verb: string;
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly associatedInputs?: string;
}

type Drawn = {
  readonly actions: readonly Action[];
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly choices?: readonly { value: string }[];
  }[];
};

function draw(talk: StuckTalk, now: Onboarding = openOnboarding()): Drawn {
  return renderStuck(now, viewer, talk) as unknown as Drawn;
}

/** Every turn that a reader can take from a card, with what a client would send. */
function turns(card: Drawn): { readonly verb: string; readonly talk: StuckTalk }[] {
  const asked = card.body.find(({ type }) => type === 'Input.ChoiceSet');
  return card.actions.flatMap(({ verb, data, associatedInputs }) => {
    const { route, step, at, saw } = data as StuckTalk;
    const talk = { ...(route ? { route, step } : {}), ...(at ? { at } : {}), ...(saw ? { saw } : {}) };
    if (!asked || associatedInputs !== 'auto') return [{ verb, talk }];
    return (asked.choices ?? []).map(({ value }) => ({ verb, talk: { ...talk, [asked.id ?? '']: value } }));
  });
}

/** Everything that can be reached from "I'm stuck" at that step, by the card that it leads to. */
function explore(start: StuckTalk) {
  const seen = new Map<string, { readonly talk: StuckTalk; readonly next: ReturnType<typeof turns> }>();
  const waiting = [start];
  for (let talk = waiting.pop(); talk; talk = waiting.pop()) {
    const key = JSON.stringify(talk);
    if (seen.has(key)) continue;
    const next = turns(draw(talk));
    seen.set(key, { talk, next });
    for (const turn of next) if (turn.verb === 'stuck' || turn.verb === 'stuck-look') waiting.push(turn.talk);
  }
  return [...seen.values()];
}

describe('the catalogue', () => {
  test('has the 24 failures, each once, at a place that is asked for', () => {
    expect(stuckRows).toHaveLength(24);
    expect(new Set(stuckRows.map(({ id }) => id)).size).toBe(24);
    for (const row of stuckRows) {
      expect(stuckPlaces).toContain(row.place);
      expect(row.id).toMatch(/^[a-z][a-z-]{0,39}$/);
      expect(stuckRow(row.id)).toBe(row);
    }
    expect(stuckRow('no-such-thing')).toBeUndefined();
  });

  test('has words for every row, and no words without a row', () => {
    const used = stuckRows.flatMap((row: StuckRow): string[] => [row.see, ...row.fix]);
    for (const key of used) expect([key, isKey(key)]).toEqual([key, true]);
    const written = Object.keys(english).filter((key) => /^stuck\.(see|fix)\./.test(key));
    expect(written.sort()).toEqual([...new Set(used)].sort());
    // The page shows the same words to people whom nobody knows by name.
    const words: Readonly<Record<string, string>> = english;
    for (const key of used) expect([key, words[key]?.includes('{')]).toEqual([key, false]);
  });

  test('keeps to the ways on which something can happen', () => {
    expect(stuckRowsAt('computer', 'iphone')).toEqual([]);
    expect(stuckRowsAt('computer', 'computer').map(({ id }) => id)).toContain('square');
    expect(stuckRowsAt('computer').map(({ id }) => id)).toContain('square');
  });
});

describe.each([undefined, ...routes])('the dialogue on the way %s', (route) => {
  const cards = explore(route === undefined ? {} : { route, step: 3 });
  const reached = new Set(cards.flatMap(({ talk }) => (talk.saw === undefined ? [] : [talk.saw])));

  test('leads to every row of that way and to no other', () => {
    const wanted = stuckRows.filter((row: StuckRow) => route === undefined || (row.routes?.includes(route) ?? true));
    expect([...reached].sort()).toEqual([...wanted.map(({ id }) => id), 'other'].sort());
  });

  test('ends everywhere: each answer has a way on, a person, and a way back; and fits a card', () => {
    for (const { talk, next } of cards) {
      const verbs = next.map(({ verb }) => verb);
      expect([talk, verbs.includes('stuck') || verbs.includes('guide')]).toEqual([talk, true]);
      if (talk.saw === undefined && talk.at !== 'other') continue;
      expect([talk, verbs.includes('stuck-help')]).toEqual([talk, true]);
      const end = stuckRow(talk.saw)?.end ?? 'helpdesk';
      const verb = { fix: 'guide', look: 'stuck-look', pass: 'want-pass', helpdesk: 'stuck-help' }[end];
      expect([talk, verbs[0]]).toEqual([talk, verb]);
    }
  });

  test('takes her way and step along, all the way', () => {
    for (const { next } of cards)
      for (const { talk, verb } of next) if (verb !== 'stop') expect([verb, talk.route]).toEqual([verb, route]);
  });
});

describe('what comes between', () => {
  test('a passkey that is there, and an end, are the better answer', () => {
    const seen = openOnboarding({ passkey: { id: 'k', kind: 'passkey', displayName: 'iPhone', seenAt: 0 } });
    expect(JSON.stringify(draw({ saw: 'loop' }, seen))).toContain('Your passkey was added');
    const closed = openOnboarding({ state: 'closed', outcome: 'lapsed' });
    expect(JSON.stringify(draw({ saw: 'loop' }, closed))).toContain('has closed');
  });

  test('what Onboard sees is on every answer', () => {
    const wrong = openOnboarding({
      wrongKind: { id: 'w', kind: 'passkey', displayName: 'iCloud Keychain', seenAt: 0 },
    });
    expect(JSON.stringify(draw({ saw: 'wrong-place' }, wrong))).toContain('iCloud Keychain');
    expect(JSON.stringify(draw({ saw: 'wrong-place' }, openOnboarding({ authenticatorSeenAt: 1 })))).toContain(
      'Authenticator is on your account',
    );
  });
});
