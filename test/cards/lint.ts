// The package's own entry is written for bundlers; the browser build runs in Node.
const AC = require('adaptivecards/dist/adaptivecards.js') as typeof import('adaptivecards');

/** What the renderer's own validation says about a card. */
export function lint({ lang: _, ...card }: { readonly lang?: unknown }): string[] {
  // Its check of `lang` keeps state between calls and refuses every second "en"; the language is checked below.
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  const parsed = new AC.AdaptiveCard();
  // Teams shows up to six buttons; the renderer's own default is five.
  parsed.hostConfig = new AC.HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(withoutQueries(card) as object, context);
  const events: string[] = [];
  for (let i = 0; i < context.eventCount; i++) events.push(context.getEventAt(i).message);
  const validation = parsed.validateProperties();
  return [...events, ...validation.validationEvents.map((event) => event.message)];
}

/** Teams has the people picker in version 1.5, where the schema has it in 1.6 only: it fills in the choices. */
function withoutQueries(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutQueries);
  if (typeof value !== 'object' || value === null) return value;
  const { 'choices.data': query, ...rest } = value as Node;
  if (query === undefined)
    return Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, withoutQueries(one)]));
  expect(query).toEqual({ type: 'Data.Query', dataset: 'graph.microsoft.com/users' });
  return { ...rest, choices: [{ title: 'x', value: 'x' }] };
}

export type Node = Readonly<Record<string, unknown>>;

/** Every object in a card, the card itself first. */
export function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}
