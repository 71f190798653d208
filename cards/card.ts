import { Template } from 'adaptivecards-templating';
import type { Onboarding } from '../bot/onboarding/onboarding';
import { currentLanguage, isRightToLeft, type Language } from './strings/language';
import { t } from './strings/strings';
import type { Safe } from './text';
import type { ActionData, Verb } from './verbs';

/** An Adaptive Card, ready to be sent. */
export type Card = Readonly<Record<string, unknown>>;

/** Who looks at a card: decides which buttons are on it, and in which time zone the times are. */
export interface Viewer {
  readonly id: string | null;
  readonly zone?: string;
}

export interface Button {
  readonly title: Safe;
  readonly verb: Verb;
  readonly data: ActionData;
  readonly style: 'default' | 'positive' | 'destructive';
  /** `none` where nothing that is typed on the card belongs to this button. */
  readonly inputs: 'auto' | 'none';
}

/** The identity that a button about `onboarding` carries. */
export type About = Pick<Onboarding, 'id' | 'nonce' | 'version'>;

export function button(
  about: About,
  verb: Verb,
  title: Safe,
  more: {
    readonly style?: Button['style'];
    readonly inputs?: Button['inputs'];
    readonly route?: string;
    readonly step?: number;
    readonly at?: string;
    readonly saw?: string;
    readonly person?: string;
    readonly language?: Language;
  } = {},
): Button {
  const { style = 'default', inputs = 'none', ...view } = more;
  const data = { verb, onboarding: about.id, nonce: about.nonce, version: about.version, ...view };
  return { title, verb, data, style, inputs };
}

/** Reading a template's expressions takes most of the time of drawing a card; a template never changes. */
const known = new WeakMap<object, Template>();

function prepared(template: object): Template {
  const found = known.get(template) ?? new Template(template);
  known.set(template, found);
  return found;
}

/**
 * Puts `data` into a template. Values are taken as they are and never evaluated; a name that the template uses and
 * `data` lacks would stay visible as `${name}`, which is why every caller gives a complete object.
 */
export function expand(template: object, data: object): Card {
  const card = prepared(template).expand({ $root: { ...data, fallback: t('card.fallback') } }) as Card;
  return { ...card, lang: currentLanguage(), ...(isRightToLeft() ? { rtl: true } : {}) };
}
