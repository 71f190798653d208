type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Button {
  readonly title: string;
  readonly verb: string;
}

/** The buttons on a card that send something, in reading order. */
export function buttonsOf(card: unknown): Button[] {
  const found: Button[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    if (!isObject(node)) return;
    if (node.type === 'Action.Execute' && typeof node.verb === 'string' && typeof node.title === 'string') {
      found.push({ title: node.title, verb: node.verb });
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'data' && key !== 'refresh') walk(value);
  };
  walk(card);
  return found;
}

/** The words on a card, line by line; `title: value` for facts. */
export function linesOf(card: unknown): string[] {
  const lines: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    if (!isObject(node) || String(node.type).startsWith('Action.')) return;
    if (typeof node.title === 'string' && typeof node.value === 'string') lines.push(`${node.title}: ${node.value}`);
    else if (typeof node.text === 'string') lines.push(node.text);
    else if (Array.isArray(node.inlines)) {
      lines.push(
        node.inlines.map((inline) => (isObject(inline) ? String(inline.text ?? '') : String(inline))).join(''),
      );
    }
    if (Array.isArray(node.choices)) {
      for (const choice of node.choices) if (isObject(choice)) lines.push(`( ) ${String(choice.title)}`);
    }
    for (const key of ['body', 'items', 'columns', 'rows', 'cells', 'facts']) walk(node[key]);
  };
  walk(card);
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** Values that can be chosen on a card, by the id of their input. */
export function choicesOf(card: unknown): { readonly input: string; readonly title: string; readonly value: string }[] {
  const found: { input: string; title: string; value: string }[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    if (!isObject(node)) return;
    if (node.type === 'Input.ChoiceSet' && typeof node.id === 'string' && Array.isArray(node.choices)) {
      for (const choice of node.choices) {
        if (isObject(choice)) found.push({ input: node.id, title: String(choice.title), value: String(choice.value) });
      }
    }
    Object.values(node).forEach(walk);
  };
  walk(card);
  return found;
}

/** The boxes on a card that can be ticked, with the value that a tick sends. */
export function togglesOf(card: unknown): { readonly id: string; readonly on: string }[] {
  const found: { id: string; on: string }[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    if (!isObject(node)) return;
    if (node.type === 'Input.Toggle' && typeof node.id === 'string') {
      found.push({ id: node.id, on: typeof node.valueOn === 'string' ? node.valueOn : 'true' });
    }
    Object.values(node).forEach(walk);
  };
  walk(card);
  return found;
}
