import { type Button, type Card, expand } from './card';
import template from './templates/panel.json' with { type: 'json' };
import type { Safe } from './text';

export type Tone = 'default' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention';

export interface Fact {
  readonly title: Safe;
  readonly value: Safe;
}

/** A button that opens a part of the card, with text and buttons of its own. */
export interface Drawer {
  readonly title: Safe;
  readonly lines: readonly Safe[];
  readonly buttons: readonly Button[];
}

export interface Panel {
  readonly title: Safe;
  readonly tone?: Tone;
  readonly lines?: readonly Safe[];
  /** One line that stands out: the step to do now. */
  readonly big?: Safe;
  readonly facts?: readonly Fact[];
  readonly footer?: Safe;
  readonly buttons?: readonly Button[];
  readonly drawers?: readonly Drawer[];
  /** A row of its own, after everything else: the other languages. */
  readonly languages?: readonly Button[];
}

/** The card that most messages are: a heading, some lines, a list of facts, buttons. */
export function panel(content: Panel): Card {
  const {
    title,
    tone = 'default',
    lines = [],
    big,
    facts = [],
    footer,
    buttons = [],
    drawers = [],
    languages = [],
  } = content;
  return expand(template, {
    title,
    tone,
    lines,
    big: big ?? '',
    hasBig: big !== undefined,
    facts,
    hasFacts: facts.length > 0,
    footer: footer ?? '',
    hasFooter: footer !== undefined,
    buttons,
    drawers,
    languages,
    hasLanguages: languages.length > 0,
  });
}
