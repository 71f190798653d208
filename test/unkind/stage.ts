import { join } from 'node:path';
import type { PersonCard, Records } from '../../playground/contract';
import type { Client, Person, Reaction } from '../../playground/story/client';
import { textOf } from '../../playground/story/client';
import { Unexpected } from '../../playground/story/http-client';
import { phoneToSave, savePasskey } from '../../playground/story/journey';
import { buttonsOf, choicesOf, linesOf, togglesOf } from '../../playground/story/read-card';
import { type Spawned, spawnPlayground } from '../../playground/story/spawn';

const DIST = process.env.ONBOARD_DIST ?? join(process.cwd(), 'dist');
/** Poll, settle and sweep by the second: the same code, and stories that end. */
const HURRY = {
  POLL_SECONDS: '1',
  POLL_SLOW_SECONDS: '1',
  SWEEP_SECONDS: '5',
  SETTLE_SECONDS: '5',
  MAX_PASSES: '10',
  MAX_OPEN_PER_APPROVER: '1000',
  MAX_REQUESTS_PER_REQUESTER_PER_DAY: '1000',
  MAX_MESSAGES_PER_PERSON_PER_MINUTE: '100000',
  LOG_LEVEL: 'info',
};
const GLANCE = 80;
/** With nothing new for so long the clock is moved on, so that nobody waits for a pause in real time. */
const PATIENCE = 700;
const MOVE = 6_000;
const GIVE_UP = { usual: 35_000, blocked: 20_000 };
/** So often is asked or pressed before somebody believes that it is not to be. */
const BELIEVE = 8;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The story did not come to its end. */
export class Stuck extends Error {}

/** Where a story plays: which people there are, and how the product is set. */
export type World = 'everyone' | 'admins' | 'pim' | 'picky';

/** An accepted model that nobody has: every passkey of the story is of the wrong kind. */
const NOBODYS_MODEL = '11111111-2222-4333-8444-555555555555';
const SETS: Readonly<Record<World, Readonly<Record<string, string>>>> = {
  everyone: {},
  admins: {},
  pim: { MEMBERSHIP_MODE: 'pim' },
  picky: { ACCEPTED_AAGUIDS: NOBODYS_MODEL },
};

export interface Place {
  readonly world: World;
  /** Onboarding cannot work here: nobody waits long for it. */
  readonly blocked: boolean;
  readonly client: Client;
  readonly spawned: Spawned;
  readonly cards: ReadonlyMap<string, PersonCard>;
  /** Somebody of the crowd whom no story had yet. */
  newcomer(): string;
}

export async function openPlace(world: World, crowd: number, blocked: boolean): Promise<Place> {
  const spawned = await spawnPlayground({
    bundle: join(DIST, 'playground.cjs'),
    scenario: world === 'admins' ? 'admins' : 'everyone',
    crowd,
    set: { ...HURRY, ...SETS[world] },
  });
  const { client } = spawned;
  const cards = new Map((await client.people()).map((card) => [card.key, card]));
  let next = 0;
  return {
    world,
    blocked,
    client,
    spawned,
    cards,
    newcomer() {
      next++;
      return `person-${String(next).padStart(3, '0')}`;
    },
  };
}

/** How the words of the end go, to whoever asked. */
const ENDS: readonly [string, RegExp][] = [
  ['completed', /has a working passkey/i],
  ['lapsed', /ended at its time limit/i],
  ['stopped', /was stopped/i],
  ['frozen', /was frozen/i],
  ['declined', /was declined/i],
  ['expired', /was not used in time/i],
  ['cancelled', /was cancelled/i],
];

export type Play = ReturnType<typeof createPlay>;

/** What people can do in one story about one person, by somebody who tries again and knows nothing of what goes on behind. */
export function createPlay(place: Place, subjectKey: string, approverKey = 'mo') {
  const { client } = place;
  const card = place.cards.get(subjectKey);
  if (!card) throw new Error(`there is nobody called ${subjectKey}`);
  const { id, displayName, userPrincipalName: name } = card;
  const [helpdesk, approver, subject] = [client.person('priya'), client.person(approverKey), client.person(subjectKey)];
  const said: string[] = [];
  /** As it was read off the screen, and handed over. */
  let pass: string | undefined;

  async function until(
    what: string,
    is: () => Promise<unknown>,
    move = MOVE,
    limit = place.blocked ? GIVE_UP.blocked : GIVE_UP.usual,
  ): Promise<void> {
    const began = performance.now();
    let moved = began;
    while (!(await is())) {
      await pause(GLANCE);
      const now = performance.now();
      if (now - began > limit) throw new Stuck(`${what}; last said: ${said.at(-1) ?? 'nothing'}`);
      if (now - moved < PATIENCE) continue;
      moved = now;
      await client.advance(move);
    }
  }

  const about = async (who: Person, button: string) =>
    (await who.messages()).findLast(
      (message) =>
        linesOf(message.card).some((line) => line.includes(displayName)) &&
        buttonsOf(message.card).some(({ verb }) => verb === button),
    );

  async function press(who: Person, button: string, more?: Record<string, string>): Promise<Reaction | undefined> {
    const message = await about(who, button);
    if (!message) return undefined;
    const usual = Object.fromEntries([
      ...togglesOf(message.card).map(({ id: box, on }) => [box, on]),
      ...choicesOf(message.card)
        .filter(({ value }) => value === id)
        .map(({ input, value }) => [input, value]),
    ]);
    const inputs = more ?? usual;
    const pressed = buttonsOf(message.card).find(({ verb }) => verb === button);
    const reaction = await who
      .clickOn({ messageId: message.id, verb: button, ...(pressed ? { title: pressed.title } : {}), inputs })
      .catch((error: unknown) => {
        if (error instanceof Unexpected && [404, 409, 422].includes(error.status)) return undefined;
        throw error;
      });
    if (reaction?.words) said.push(reaction.words.replace(/\s+/g, ' ').slice(0, 160));
    return reaction;
  }

  /** How it ended, as whoever asked was told; undefined while it goes on. */
  async function ended(): Promise<string | undefined> {
    const words = (await helpdesk.messages()).filter((message) => textOf(message).includes(displayName)).map(textOf);
    return ENDS.find(([, end]) => words.some((each) => end.test(each)))?.[0];
  }

  const isIn = async () => (await client.records()).standing.members.includes(id);

  async function passOnScreen(): Promise<string | undefined> {
    const code = (await client.passes()).findLast(({ userId }) => userId === id)?.code;
    if (code === undefined) return undefined;
    const screens = (await approver.messages()).map((message) => linesOf(message.card).join('').replace(/\s/g, ''));
    return screens.some((text) => text.includes(code)) ? code : undefined;
  }

  /** Asks until the approver has the card; false where it was refused for good. */
  async function request(): Promise<boolean> {
    const before = new Set((await helpdesk.messages('personal')).map((message) => message.id));
    let tries = 0;
    let done: boolean | undefined;
    await until(`${approverKey} is asked about ${subjectKey}`, async () => {
      if (await about(approver, 'approve')) {
        done = true;
        return true;
      }
      const answers = (await helpdesk.messages('personal')).filter((message) => !before.has(message.id));
      const last = answers.at(-1);
      const words = last ? textOf(last) : undefined;
      if (
        words !== undefined &&
        /asked|waiting|has been sent|request/i.test(words) &&
        !/cannot|not answer/i.test(words)
      )
        return false;
      if (tries > 0 && words === undefined) return false;
      if (words !== undefined) said.push(words.replace(/\s+/g, ' ').slice(0, 160));
      if (
        tries >= BELIEVE ||
        (words !== undefined && !/does not answer|try again|a moment|cannot read which/i.test(words))
      ) {
        done = false;
        return true;
      }
      for (const { id: one } of answers) before.add(one);
      tries++;
      await helpdesk.say(`@onboard ${name}`);
      return false;
    });
    return done === true;
  }

  /** Presses until the pass is on the screen; false where it ended otherwise or was refused for good. */
  async function showPass(first: 'approve' | 'approve-and-show'): Promise<boolean> {
    let refused = 0;
    let nothing = 0;
    let shown = false;
    await until(`${approverKey} is shown the pass`, async () => {
      const code = await passOnScreen();
      shown = code !== undefined && (await isIn());
      if (shown) pass = code;
      if (shown || (await ended())) return true;
      const reaction = (await press(approver, 'show-pass')) ?? (await press(approver, first));
      if (!reaction) return ++nothing >= BELIEVE * 5;
      if (await passOnScreen()) return false;
      // "In a moment" is a promise, and the moment is not waited for in real time; anything else is an answer.
      if (/moment|minute/i.test(reaction.words)) await client.advance(2 * MOVE);
      else if (++refused >= BELIEVE) return true;
      await pause(100);
      return false;
    });
    return shown;
  }

  /** Registers a passkey with the pass that is on the approver's screen, on a phone; false where that is not to be. */
  async function register(): Promise<boolean> {
    let tries = 0;
    let done = false;
    await until(`${subjectKey} has a passkey`, async () => {
      if (done || (await ended())) return true;
      // Somebody whose code does not work for a while asks for another.
      if (pass === undefined || tries === BELIEVE / 2) {
        await press(approver, 'show-pass');
        pass = (await passOnScreen()) ?? pass;
      }
      const code = pass;
      if (code === undefined) return ++tries > BELIEVE;
      await subject.phone.press('home').catch(() => undefined);
      try {
        await phoneToSave(subject, name, code);
        const saved = await savePasskey(subject);
        done = saved.page === 'account-added';
        if (done) await subject.phone.press('done');
      } catch (error) {
        if (!(error instanceof Unexpected)) throw error;
      }
      if (!done) await client.advance(MOVE);
      return done || ++tries > BELIEVE;
    });
    return done;
  }

  /** Ends what is still going on, as helpdesk would. */
  async function stop(): Promise<void> {
    let again = 0;
    await until(`the onboarding of ${subjectKey} is over`, async () => {
      if (await ended()) return true;
      const number = await reference();
      if (number === undefined) return true;
      // Twice the same answer to twice the same words is what Onboard gives; nobody writes so fast.
      if (performance.now() < again) return false;
      again = performance.now() + 8_000;
      const { status } = await helpdesk.say(`stop ${number}`);
      if (status < 200 || status >= 300) again = 0;
      return false;
    });
  }

  /** ONB-42, as it is written on a card about this person. */
  async function reference(): Promise<string | undefined> {
    for (const who of [helpdesk, approver])
      for (const message of (await who.messages()).reverse()) {
        const text = textOf(message);
        const found = text.includes(displayName) ? /ONB-\d+/.exec(text)?.[0] : undefined;
        if (found) return found;
      }
    return undefined;
  }

  return {
    client,
    id,
    subject,
    approver,
    helpdesk,
    said,
    until,
    press,
    about,
    ended,
    isIn,
    request,
    showPass,
    register,
    stop,
    records: (): Promise<Records> => client.records(),
    /** Until people were told of the end, and nothing of it is left in the tenant. */
    async over(move = MOVE): Promise<string> {
      await until(
        `everybody is told of the end for ${subjectKey}`,
        async () => {
          if (!(await ended())) return false;
          const { members, passes } = (await client.records()).standing;
          return !members.includes(id) && !passes.some((each) => each.userId === id && each.live);
        },
        move,
        place.blocked ? GIVE_UP.blocked : 60_000,
      );
      return (await ended()) ?? 'nothing';
    },
  };
}
