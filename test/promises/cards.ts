type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function walk(node: unknown, visit: (object: Json) => void): void {
  if (Array.isArray(node)) for (const each of node) walk(each, visit);
  else if (isObject(node)) {
    visit(node);
    for (const each of Object.values(node)) walk(each, visit);
  }
}

/** What the bot let somebody press: a verb with the data that goes with it. */
export interface Offer {
  readonly verb: string;
  readonly data: Json;
}

/** Every Action.Execute in there, wherever it is nested (the refresh action included). */
export function offersIn(content: unknown): Offer[] {
  const offers: Offer[] = [];
  walk(content, (object) => {
    if (object.type === 'Action.Execute' && typeof object.verb === 'string') {
      offers.push({ verb: object.verb, data: isObject(object.data) ? object.data : {} });
    }
  });
  return offers;
}

/**
 * True when a click repeats an offer: the same verb and every part of its data; inputs come on top. A verb that the data
 * names beside the action's own is decoration.
 */
export function repeats(offer: Offer, verb: string, data: unknown): boolean {
  if (offer.verb !== verb || !isObject(data)) return false;
  return Object.entries(offer.data).every(
    ([key, value]) => key === 'verb' || JSON.stringify(data[key]) === JSON.stringify(value),
  );
}

const TEXT_KEYS = ['text', 'title', 'value', 'summary', 'label', 'altText'];

/** What people read in a message or an answer, part after part. Data that rides along with buttons is not read. */
export function visibleText(content: unknown): string {
  const parts: string[] = [];
  const read = (node: unknown): void => {
    if (typeof node === 'string') parts.push(node);
    else if (Array.isArray(node)) node.forEach(read);
    else if (isObject(node)) {
      // A fact is read as one line.
      if (typeof node.title === 'string' && typeof node.value === 'string') {
        parts.push(`${node.title}: ${node.value}`);
        return;
      }
      for (const [key, value] of Object.entries(node)) {
        if (key === 'data' || key === 'refresh') continue;
        if (typeof value === 'string') {
          if (TEXT_KEYS.includes(key)) parts.push(value);
        } else read(value);
      }
    }
  };
  read(content);
  return parts.join('\n');
}

/** Every string in there, whether people see it or not. */
export function allStrings(content: unknown): string[] {
  const found: string[] = [];
  const read = (node: unknown): void => {
    if (typeof node === 'string') found.push(node);
    else if (Array.isArray(node)) node.forEach(read);
    else if (isObject(node)) Object.values(node).forEach(read);
  };
  read(content);
  return found;
}
