import { type Card, inLanguage, languages } from '../render';
import { everyCard } from './every-card';

/** Every card in every state, for a page that draws them; a card that looks the same in several states is there once. */
export interface Gallery {
  readonly languages: readonly {
    readonly tag: string;
    readonly kinds: readonly {
      readonly kind: string;
      readonly cards: readonly { readonly states: readonly string[]; readonly card: Card }[];
    }[];
  }[];
}

/** Draws them all, in every language. */
export function gallery(): Gallery {
  return { languages: languages().map((tag) => ({ tag, kinds: inLanguage(tag, kinds) })) };
}

function kinds(): Gallery['languages'][number]['kinds'] {
  const found = new Map<string, Map<string, { states: string[]; card: Card }>>();
  for (const { kind, state, card } of everyCard()) {
    const cards = found.get(kind) ?? new Map();
    found.set(kind, cards);
    const text = JSON.stringify(card);
    const same = cards.get(text);
    if (same) same.states.push(state);
    else cards.set(text, { states: [state], card });
  }
  return [...found].map(([kind, cards]) => ({ kind, cards: [...cards.values()] }));
}
