import { isObject, type Json, listOf } from './activity';

export interface CardInput {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly value: string;
  readonly isRequired: boolean;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly regex?: string;
  /** Values that can be chosen; absent where anything can be typed or searched for. */
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
  readonly multiple: boolean;
}

export interface CardAction {
  readonly type: string;
  readonly title: string;
  readonly verb?: string;
  readonly id?: string;
  readonly url?: string;
  readonly data: Json;
  readonly enabled: boolean;
  /** What the client sends along with this action, and checks first. */
  readonly inputs: readonly CardInput[];
}

/** Where elements nest in other elements. `card` is the card of an Action.ShowCard and is walked on its own. */
const NESTS = ['body', 'items', 'columns', 'rows', 'cells', 'inlines'] as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function defaultOf(element: Json): string {
  if (element.type !== 'Input.Toggle') return element.value === undefined ? '' : String(element.value);
  return text(element.value) || text(element.valueOff) || 'false';
}

function choicesOf(element: Json): CardInput['choices'] {
  if (element.type === 'Input.Toggle') {
    return [text(element.valueOn) || 'true', text(element.valueOff) || 'false'].map((value) => ({
      title: value,
      value,
    }));
  }
  // A choice set that asks a data set (the people picker) accepts what the search finds, which nobody knows here.
  if (element.type !== 'Input.ChoiceSet' || isObject(element['choices.data'])) return undefined;
  return listOf(element.choices).flatMap((choice) =>
    isObject(choice) ? [{ title: text(choice.title), value: text(choice.value) }] : [],
  );
}

function inputOf(element: Json): CardInput {
  return {
    id: text(element.id),
    type: text(element.type),
    label: text(element.label),
    value: defaultOf(element),
    isRequired: element.isRequired === true,
    maxLength: number(element.maxLength),
    min: number(element.min),
    max: number(element.max),
    regex: text(element.regex) || undefined,
    choices: choicesOf(element),
    multiple: element.isMultiSelect === true,
  };
}

/** Ids that a button of the card can make visible: such an element is within reach although hidden at first. */
function toggled(node: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(node)) for (const each of node) toggled(each, found);
  if (!isObject(node)) return found;
  if (node.type === 'Action.ToggleVisibility') {
    for (const target of listOf(node.targetElements)) found.add(text(isObject(target) ? target.elementId : target));
  }
  for (const value of Object.values(node)) toggled(value, found);
  return found;
}

/** Walks one card, not the cards that its Action.ShowCard open: their inputs are their own. */
function walk(node: unknown, reachable: ReadonlySet<string>, inputs: CardInput[], actions: Json[]): void {
  if (!isObject(node) || (node.isVisible === false && !reachable.has(text(node.id)))) return;
  if (text(node.type).startsWith('Input.')) inputs.push(inputOf(node));
  for (const key of NESTS) for (const child of listOf(node[key])) walk(child, reachable, inputs, actions);
  const own = [...listOf(node.actions), node.selectAction, node.inlineAction];
  actions.push(...own.filter(isObject).filter((action) => text(action.type) !== ''));
}

function actionsWithin(card: unknown, reachable: ReadonlySet<string>, outer: readonly CardInput[]): CardAction[] {
  const own: CardInput[] = [];
  const found: Json[] = [];
  walk(card, reachable, own, found);
  const inputs = [...outer, ...own];
  return found.flatMap((action) => [
    {
      type: text(action.type),
      title: text(action.title),
      verb: typeof action.verb === 'string' ? action.verb : undefined,
      id: typeof action.id === 'string' ? action.id : undefined,
      url: typeof action.url === 'string' ? action.url : undefined,
      data: isObject(action.data) ? action.data : {},
      enabled: action.isEnabled !== false,
      inputs: action.associatedInputs === 'none' ? [] : inputs,
    },
    ...(action.type === 'Action.ShowCard' ? actionsWithin(action.card, reachable, inputs) : []),
  ]);
}

/**
 * Every action that somebody who sees this card can reach, in reading order: of nested action sets, of selectable
 * elements, of inputs, and of the cards that Action.ShowCard opens. Those carry the inputs of the outer card too.
 */
export function cardActions(card: unknown): CardAction[] {
  return actionsWithin(card, toggled(card), []);
}

/** The button with this title (letter case and outer blanks do not matter), for scripts that act by what they see. */
export function actionTitled(card: unknown, title: string): CardAction | undefined {
  const wanted = title.trim().toLowerCase();
  return cardActions(card).find((action) => action.title.trim().toLowerCase() === wanted);
}
