import { refusalText, t } from '../../cards/render';
import type { Onboarding } from '../onboarding/onboarding';
import { nameOf, type PersonName } from '../onboarding/person';
import type { Onboardings } from '../workflow/onboardings';
import { askFor } from './ask';
import { readChosenStart } from './chosen-start';
import type { ClickData } from './click-data';
import type { Caller } from './gate';

export type Chosen =
  | { readonly kind: 'asked'; readonly onboarding: Onboarding }
  | { readonly kind: 'which'; readonly people: readonly PersonName[] }
  /** Plain text for whoever chose. */
  | { readonly kind: 'refused'; readonly text: string };

/**
 * Asks for the person who was chosen on a card, wherever that card was. The id names somebody and proves nothing: who asks
 * is `caller`, and both are looked up as for a typed line. `zone` is the one that the chosen start was meant in.
 */
export async function askForChosen(
  { onboardings }: { readonly onboardings: Pick<Onboardings, 'request'> },
  caller: Caller,
  zone: string | undefined,
  inputs: ClickData['inputs'],
): Promise<Chosen> {
  const { person, ticket, because } = inputs;
  if (person === undefined) return { kind: 'refused', text: t('people.needed') };
  const start = readChosenStart(inputs, zone ?? 'UTC');
  if ('refusal' in start) return { kind: 'refused', text: refusalText(start.refusal) };
  const details = { ...start, ticket, because };
  const answer = await onboardings.request(askFor(caller, { id: person }, { details, ...(zone ? { zone } : {}) }));
  switch (answer.kind) {
    case 'requested':
      return { kind: 'asked', onboarding: answer.onboarding };
    case 'choose':
      return { kind: 'which', people: answer.people.map(nameOf) };
    case 'refused':
      return { kind: 'refused', text: refusalText(answer.refusal) };
  }
}
