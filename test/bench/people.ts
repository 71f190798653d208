import type { Person, Reaction } from '../../playground/story/client';
import { linesOf, togglesOf } from '../../playground/story/read-card';
import type { User } from '../../playground/tenant/state';
import type { Rig } from './rig';
import { pause } from './watch';

const LIMIT = 120_000;

/** The newest card with one of these buttons, the first that there is, once there is one, as a click on it. */
export async function ready(person: Person, ...verbs: readonly string[]) {
  const end = performance.now() + LIMIT;
  for (;;) {
    for (const verb of verbs) {
      const message = await person.messageWith(verb);
      if (!message) continue;
      const inputs = Object.fromEntries(togglesOf(message.card).map(({ id, on }) => [id, on]));
      return { messageId: message.id, verb, inputs };
    }
    if (performance.now() > end) throw new Error(`${person.key} has no button ${verbs.join(' or ')}`);
    await pause(50);
  }
}

/** The pass in an answer to a click, if it is there. */
export function passIn(rig: Rig, user: User, answer: Reaction): string | undefined {
  const code = rig.tenant.passes().findLast(({ userId }) => userId === user.id)?.code;
  const shown = linesOf(answer.card).join('').replace(/\s/g, '');
  return code !== undefined && shown.includes(code) ? code : undefined;
}

export interface Shown {
  readonly ms: number;
  readonly presses: number;
  readonly pass: string;
}

/** From the click that approves to the answer with the pass; pressed again while it is getting ready. */
export async function approveAndShow(rig: Rig, approver: Person, user: User): Promise<Shown> {
  const click = await ready(approver, 'approve-and-show');
  const began = performance.now();
  let answer = await approver.clickOn(click);
  for (let presses = 1; ; presses++) {
    const pass = passIn(rig, user, answer);
    if (pass) return { ms: performance.now() - began, presses, pass };
    if (performance.now() - began > LIMIT) throw new Error(`${approver.key} sees no pass: ${answer.words}`);
    await pause(100);
    // Where the first answer came too late, the card is as it was, and its button goes on.
    answer = await approver.clickOn(await ready(approver, 'show-pass', 'approve-and-show'));
  }
}
