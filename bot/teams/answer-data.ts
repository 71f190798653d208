import type { Choice, GroupAlert, Language, ListRow } from '../../cards/render';
import type { PersonName } from '../onboarding/person';
import type { Refusal } from '../onboarding/refusal';
import type { Details } from './read-people';

/** A reply to a chat line as the outbox keeps it: which text and its parameters, never anything secret. */
export type AnswerData =
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'help' }
  /** Which languages there are; `set` when one was chosen just now. */
  | { readonly kind: 'language'; readonly set: boolean }
  /** They wrote more in a minute than is looked at. */
  | { readonly kind: 'too-many' }
  /** Messages to the subject, or to whoever should decide, do not arrive: said to who asked, or to the approver. */
  | {
      readonly kind: 'unreached';
      readonly id: string;
      readonly whom: 'subject' | 'approver';
      readonly say: 'asked' | 'approver';
    }
  | { readonly kind: 'list'; readonly rows: readonly ListRow[] }
  /** Several people fit: with what else was said, so that it is not lost by the choice. */
  | {
      readonly kind: 'choose';
      readonly said: string;
      readonly people: readonly PersonName[];
      readonly details?: Details;
      readonly zone?: string;
    }
  /** Nobody was named: whoever asks chooses. */
  | { readonly kind: 'pick' }
  /** What could be recovered of somebody; or first, of whom. `ticket` and `because` were typed with the name. */
  | {
      readonly kind: 'recover';
      readonly person: PersonName;
      readonly passkeys: readonly Choice[];
      readonly deletes: boolean;
      readonly ticket?: string;
      readonly because?: string;
    }
  | { readonly kind: 'recover-whom'; readonly said: string; readonly people: readonly PersonName[] }
  /** What became of each of several requests. */
  | { readonly kind: 'gathered'; readonly rows: readonly GatheredRow[] }
  | { readonly kind: 'pause'; readonly paused: boolean; readonly changed: boolean }
  | { readonly kind: 'pass-wanted'; readonly number: number; readonly approver: string }
  /** To an administrator, about no single onboarding. */
  | { readonly kind: 'group-alert'; readonly code: GroupAlert; readonly count: number }
  /** One onboarding as it is when the reply is delivered. */
  | { readonly kind: 'onboarding'; readonly id: string };

/** One of several who were named in one message: the request, or why there is none. */
export interface GatheredRow {
  readonly said: string;
  readonly number?: number;
  readonly subject?: string;
  readonly refusal?: Refusal;
}

/** With the language of whoever is answered. The outbox keeps plain JSON; what another version wrote is drawn as far as it is understood. */
export function asStored(data: AnswerData, language?: Language): Readonly<Record<string, unknown>> {
  return { ...data, ...(language === undefined ? {} : { language }) };
}

export function fromStored(data: Readonly<Record<string, unknown>> | null): AnswerData | null {
  switch (data?.kind) {
    case 'refusal':
    case 'help':
    case 'language':
    case 'too-many':
    case 'unreached':
    case 'list':
    case 'choose':
    case 'pick':
    case 'recover':
    case 'recover-whom':
    case 'gathered':
    case 'pause':
    case 'pass-wanted':
    case 'group-alert':
    case 'onboarding':
      return data as unknown as AnswerData;
    default:
      return null;
  }
}
