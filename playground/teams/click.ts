import type { ClickCard } from '../contract';
import { isObject, type Json } from './activity';
import { type CardAction, type CardInput, cardActions } from './card-actions';
import type { Invoke } from './invoke';
import { Refusal } from './refusal';
import type { Message, TeamsPerson, World } from './world';

/** What this input says no to, as the client does before anything is sent; null when it is content. */
export function inputFault(input: CardInput, value: string): string | null {
  if (value === '') return input.isRequired ? 'is required' : null;
  if (input.maxLength !== undefined && value.length > input.maxLength) return `is longer than ${input.maxLength}`;
  if (input.regex !== undefined && !new RegExp(input.regex).test(value)) return 'does not match';
  if (input.type === 'Input.Number') {
    const typed = Number(value);
    if (Number.isNaN(typed)) return 'is not a number';
    if (typed < (input.min ?? -Infinity) || typed > (input.max ?? Infinity)) return 'is out of range';
  }
  const values = input.multiple ? value.split(',') : [value];
  const unknown = values.some((each) => !input.choices?.some((choice) => choice.value === each));
  return input.choices && unknown ? 'is not one of the choices' : null;
}

/** The values that go with an action: what is preset, and what the person typed over it. Throws a Refusal, 422. */
export function collectInputs(action: CardAction, typed: Readonly<Record<string, string>>): Json {
  const strange = Object.keys(typed).filter((id) => !action.inputs.some((input) => input.id === id));
  if (strange.length > 0) throw new Refusal(422, 'NoSuchInput', `The card has no input ${strange.join(', ')}.`);
  const values: Json = {};
  for (const input of action.inputs) {
    const value = typed[input.id] ?? input.value;
    const fault = inputFault(input, value);
    if (fault) throw new Refusal(422, 'InputRefused', `${input.label || input.id} ${fault}.`);
    values[input.id] = value;
  }
  return values;
}

function findAction(card: Json | undefined, click: ClickCard): CardAction | undefined {
  const title = click.title?.trim().toLowerCase();
  return cardActions(card).find(
    (action) =>
      action.type === 'Action.Execute' &&
      action.enabled &&
      action.verb === click.verb &&
      (title === undefined || action.title.trim().toLowerCase() === title),
  );
}

function wantsForgery(click: ClickCard): boolean {
  return click.unseen === true || click.forge !== undefined;
}

/** A forger knows everything: the stored card and every view that anybody was given. */
function stolenAction(message: Message, world: World, click: ClickCard): CardAction | undefined {
  const everyView = [world.cardFor(message, ''), ...message.ownViews.values()];
  return everyView.map((card) => findAction(card, click)).find((action) => action !== undefined);
}

/**
 * Turns a click into the invoke that the person's client would send. Throws a Refusal where no client could: 404 for a
 * message that is not there, 409 for a button that this person does not see, 422 for inputs that the card does not take.
 */
export function clickToInvoke(world: World, person: TeamsPerson, click: ClickCard): Invoke {
  const found = world.message(click.messageId);
  if (!found || (found.deleted && !click.unseen)) throw new Refusal(404, 'NoSuchMessage', 'There is no such message.');
  const member = found.chat.members.has(person.id);
  const { installed, blocked } = world.app(person.id);
  if (member && found.chat.kind === 'personal' && (!installed || blocked) && !click.unseen) {
    throw new Refusal(409, 'NoApp', `${person.key} has no chat with the app.`);
  }
  const seen = member && !found.deleted ? findAction(world.cardFor(found, person.id), click) : undefined;
  const stolen = click.unseen ? stolenAction(found, world, click) : undefined;
  if (!seen && !click.unseen) {
    const there = member ? cardActions(world.cardFor(found, person.id)) : [];
    const titles = there.map((action) => `${action.title} (${action.verb ?? action.type})`).join(', ');
    throw new Refusal(
      409,
      'NoSuchButton',
      `${person.key} sees no button ${click.verb} there; but: ${titles || 'none'}.`,
    );
  }
  const action = seen ?? stolen;
  const inputs = seen ? collectInputs(seen, click.inputs ?? {}) : (click.inputs ?? {});
  const chat = member ? found.chat : world.personal(person.id);
  return {
    person,
    messageId: found.id,
    chat,
    conversation: member ? found.conversation : chat.id,
    message: member && !found.deleted ? found : undefined,
    action: {
      ...(action?.id === undefined ? {} : { id: action.id }),
      verb: click.verb,
      data: { ...action?.data, ...inputs, ...(isObject(click.forge) ? click.forge : {}) },
    },
    trigger: 'manual',
    forged: wantsForgery(click),
  };
}
