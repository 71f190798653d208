import { type Button, type Card, expand } from './card';
import template from './templates/form.json' with { type: 'json' };
import type { Safe } from './text';

/** One question with its answers; what comes back is checked and looked up again. */
export interface Question {
  /** The name under which the answer comes back. */
  readonly id: string;
  readonly label: Safe;
  readonly needed: Safe;
  readonly several?: boolean;
  /** Titles are shown as they are, without formatting. */
  readonly choices: readonly { readonly title: string; readonly value: string }[];
}

export interface Form {
  readonly title: Safe;
  readonly lines?: readonly Safe[];
  readonly questions: readonly Question[];
  readonly ticks?: readonly { readonly id: string; readonly title: Safe }[];
  readonly texts?: readonly { readonly id: string; readonly label: Safe; readonly value: string }[];
  readonly notes?: readonly Safe[];
  readonly buttons: readonly Button[];
}

/** A card that asks something. */
export function form({ title, lines = [], questions, ticks = [], texts = [], notes = [], buttons }: Form): Card {
  const asked = questions.map((question) => ({ several: false, ...question }));
  return expand(template, { title, lines, questions: asked, ticks, texts, notes, buttons });
}
