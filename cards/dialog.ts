import type { Onboarding } from '../bot/onboarding/onboarding';
import type { PersonName } from '../bot/onboarding/person';
import type { Card } from './card';
import { type Given, renderPeople, renderPick } from './chat';
import { referenceOf } from './facts';
import { panel } from './panel';
import { t } from './strings/strings';
import { md } from './text';

/** The card that asks whom, in a dialog that Teams opens from its own menus. */
export function renderDialogPick(given?: Given, problem?: string): Card {
  return submitting(renderPick(given, problem));
}

export function renderDialogPeople(people: readonly PersonName[], given: Given): Card {
  return submitting(renderPeople(people, '', given));
}

/** What the dialog shows last; the card of the request is elsewhere. */
export function renderDialogAsked(onboarding: Onboarding): Card {
  const values = { reference: referenceOf(onboarding), subject: md(onboarding.subject.displayName) };
  return panel({ title: t('dialog.asked', values), lines: [t('dialog.where')] });
}

/** In the dialog of a message extension a button submits; `Action.Execute` does nothing there. */
function submitting(card: Card): Card {
  const actions = Array.isArray(card.actions) ? card.actions : [];
  return { ...card, actions: actions.map(({ verb: _verb, ...action }) => ({ ...action, type: 'Action.Submit' })) };
}
