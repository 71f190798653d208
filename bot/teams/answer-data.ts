import type { ListRow } from '../../cards/render';
import type { PersonName } from '../onboarding/person';
import type { Refusal } from '../onboarding/refusal';

/** A reply to a chat line as the outbox keeps it: which text and its parameters, never anything secret. */
export type AnswerData =
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'help' }
  /** They wrote more in a minute than is looked at. */
  | { readonly kind: 'too-many' }
  | { readonly kind: 'list'; readonly rows: readonly ListRow[] }
  | { readonly kind: 'choose'; readonly said: string; readonly people: readonly PersonName[] }
  /** One onboarding as it is when the reply is delivered. */
  | { readonly kind: 'onboarding'; readonly id: string };

/** The outbox keeps plain JSON; what another version wrote is drawn as far as it is understood. */
export function asStored(data: AnswerData): Readonly<Record<string, unknown>> {
  return { ...data };
}

export function fromStored(data: Readonly<Record<string, unknown>> | null): AnswerData | null {
  switch (data?.kind) {
    case 'refusal':
    case 'help':
    case 'too-many':
    case 'list':
    case 'choose':
    case 'onboarding':
      return data as unknown as AnswerData;
    default:
      return null;
  }
}
