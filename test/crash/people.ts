import type { Client, Person, Reaction } from '../../playground/story/client';
import { Unexpected } from '../../playground/story/http-client';
import { phoneToSave, savePasskey, signInWithPass } from '../../playground/story/journey';
import { buttonsOf, choicesOf, linesOf, togglesOf } from '../../playground/story/read-card';

/** How people behave while the product comes and goes. */
export interface Nature {
  /** Looks again before asking again; a hasty one asks at once. */
  readonly patient: boolean;
  /** Presses every button on two devices at once. */
  readonly twice: boolean;
  /** Approves and is shown the pass with one press. */
  readonly atOnce: boolean;
}

export interface Lived {
  /** By how much the clock was moved because nothing happened, ms. */
  readonly hurriedMs: number;
}

/** What people look at again and again, ms. */
const GLANCE = 100;
/** With nothing new for so long the clock is moved, so that nobody waits for a lease in real time. */
const PATIENCE = 1_500;
const HURRY = 10_000;
/** At the end, where "no pass" is believed only some minutes after the mint when the deletion's answer was lost. */
const HURRY_TO_END = 30_000;
const GIVE_UP = 45_000;

/** The story did not go on: what was waited for, and what people saw instead. */
export class Stuck extends Error {}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * One onboarding from the request to the last message, by people who press again what was not answered and know nothing
 * of what goes on behind. Throws Stuck where it does not come to its end.
 */
export async function live(client: Client, nature: Nature): Promise<Lived> {
  const [priya, mo, jane] = [client.person('priya'), client.person('mo'), client.person('jane')];
  const janeCard = (await client.people()).find(({ key }) => key === 'jane');
  if (!janeCard) throw new Error('there is no jane');
  const { id: janeId, userPrincipalName: name } = janeCard;
  let hurriedMs = 0;
  let hurry = HURRY;

  /** Waits for something to become so; does `meanwhile` between two looks. */
  async function until(what: string, is: () => Promise<boolean>, meanwhile?: () => Promise<void>): Promise<void> {
    const began = performance.now();
    let moved = began;
    while (!(await is())) {
      if (meanwhile) await meanwhile();
      await pause(GLANCE);
      const now = performance.now();
      if (now - began > GIVE_UP) throw new Stuck(`${what}. ${await whatIsSeen([priya, mo, jane])}`);
      if (now - moved < PATIENCE) continue;
      moved = now;
      hurriedMs += hurry;
      await client.advance(hurry);
    }
  }

  /** Presses a button wherever it is until `is` says that it worked. */
  async function press(who: Person, button: string, is: (last: Reaction | undefined) => Promise<boolean>) {
    let last: Reaction | undefined;
    await until(
      `${who.key} pressed ${button}`,
      () => is(last),
      async () => {
        const message = await who.messageWith(button);
        if (!message) return;
        const inputs = Object.fromEntries([
          ...togglesOf(message.card).map(({ id, on }) => [id, on]),
          ...choicesOf(message.card)
            .filter(({ value }) => value === janeId)
            .map(({ input, value }) => [input, value]),
        ]);
        const pressed = buttonsOf(message.card).find(({ title, verb }) => title === button || verb === button);
        if (!pressed) return;
        const once = () => who.clickOn({ messageId: message.id, ...pressed, inputs }).catch(gone);
        const answers = await Promise.all(nature.twice ? [once(), once()] : [once()]);
        // Whichever device shows a pass is looked at: the other one's answer says that one is on its way.
        last = answers.find((each) => each && /\b(pass|code)\b/i.test(each.words)) ?? answers.find(Boolean);
        const wait = performance.now() + (nature.patient ? 900 : 200);
        while (performance.now() < wait && !(await is(last))) await pause(GLANCE);
      },
    );
  }

  const has = async (who: Person, button: string) => (await who.messageWith(button)) !== undefined;
  const isIn = async () => (await client.records()).standing.members.includes(janeId);

  // Teams says whether a message was taken. What was not taken is written again; what was taken must be answered.
  let taken = false;
  await until(
    'priya is answered',
    async () => taken && ((await has(priya, 'choose')) || (await has(mo, 'approve'))),
    async () => {
      if (taken) return;
      const { status } = await priya.say('@onboard jane');
      taken = status >= 200 && status < 300;
      if (!taken && nature.patient) await pause(300);
    },
  );
  await press(priya, 'choose', () => has(mo, 'approve'));

  let pass: string | undefined;
  // On the screen, not only in an answer: a client does not show an answer to a card that was edited meanwhile.
  const shown = async () => {
    pass = await passOnScreen(client, mo, janeId);
    return pass !== undefined;
  };
  await press(
    mo,
    nature.atOnce ? 'approve-and-show' : 'approve',
    async () => (await shown()) || (await has(mo, 'show-pass')),
  );
  if (!pass) await press(mo, 'show-pass', shown);
  const code = pass ?? '';
  await press(mo, 'handed-over', async (last) => last?.status === 200 && !(await has(mo, 'handed-over')));

  await signInWithPass(jane, 'security-info', name, code);
  await jane.computer.press('next');
  await jane.computer.press('next');
  await phoneToSave(jane, name, code);
  const saved = await savePasskey(jane);
  if (saved.page !== 'account-added') throw new Stuck(`jane's phone shows ${saved.page}: ${saved.text.join(' ')}`);
  await until('jane is out of the group', async () => !(await isIn()));
  hurry = HURRY_TO_END;
  await jane.phone.press('done');
  await jane.computer.press('next');
  await jane.computer.press('done');

  const told = async (who: Person, words: RegExp) => (await who.found(words)) !== undefined;
  await press(
    jane,
    'done',
    async (last) => (last?.status === 200 && !(await has(jane, 'done'))) || (await told(jane, /your passkey works/i)),
  );
  await until('all three are told of the end', async () => {
    const all = [
      told(priya, /has a working passkey/i),
      told(mo, /has a working passkey/i),
      told(jane, /your passkey works/i),
    ];
    return (await Promise.all(all)).every(Boolean);
  });
  return { hurriedMs };
}

/** A button that was there a moment ago and is not any more. */
function gone(error: unknown): undefined {
  if (error instanceof Unexpected && [404, 409, 422].includes(error.status)) return undefined;
  throw error;
}

/** The pass as the approver reads it off the card, if it is the one that counts. */
async function passOnScreen(client: Client, approver: Person, subjectId: string): Promise<string | undefined> {
  const newest = (await client.passes()).findLast(({ userId }) => userId === subjectId)?.code;
  if (newest === undefined) return undefined;
  const read = (await approver.messages()).map(({ card }) => linesOf(card).join('').replace(/\s/g, ''));
  return read.some((text) => text.includes(newest)) ? newest : undefined;
}

async function whatIsSeen(people: readonly Person[]): Promise<string> {
  const seen = await Promise.all(
    people.map(async (who) => {
      const { toasts } = await who.screen();
      const messages = (await who.messages()).map(({ card, text }) => JSON.stringify(card ?? text).slice(0, 160));
      return `${who.key}: ${messages.at(-1) ?? 'nothing'}; told: ${toasts.at(-1)?.text ?? 'nothing'}`;
    }),
  );
  return seen.join(' | ');
}
