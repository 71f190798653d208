import type { PersonCard } from '../contract';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Gives inputs that search the directory the people of the tenant to choose from, which is what the real client does
 * with `choices.data`. The query stays: with it the renderer draws a list of its own, which has the page's colours, and
 * not the browser's. The card that came stays as it is.
 */
export function withPeople(card: unknown, people: readonly PersonCard[]): unknown {
  if (Array.isArray(card)) return card.map((each) => withPeople(each, people));
  if (!isObject(card)) return card;
  if (card.type === 'Input.ChoiceSet' && isObject(card['choices.data'])) {
    return {
      ...card,
      style: 'filtered',
      choices: people.map(({ displayName, userPrincipalName, id }) => ({
        title: `${displayName} (${userPrincipalName})`,
        value: id,
      })),
    };
  }
  return Object.fromEntries(Object.entries(card).map(([key, value]) => [key, withPeople(value, people)]));
}
