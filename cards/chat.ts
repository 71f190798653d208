import type { Onboarding } from '../bot/onboarding/onboarding';
import type { PersonName } from '../bot/onboarding/person';
import { button, type Card, expand } from './card';
import { referenceOf, stateKey } from './facts';
import { type Fact, panel } from './panel';
import { isKey, t } from './strings/strings';
import template from './templates/people.json' with { type: 'json' };
import { md, plain, type Safe } from './text';

/** How many onboardings a list names; more would not fit a phone. */
export const LIST_LENGTH = 15;

/** One line of a list, plain data that can be stored. */
export interface ListRow {
  readonly reference: string;
  readonly subject: string;
  /** Which words, not the words: they are read in the language of whoever gets the list. */
  readonly state: string;
}

export function listRow(onboarding: Onboarding): ListRow {
  return {
    reference: referenceOf(onboarding),
    subject: plain(onboarding.subject.displayName),
    state: stateKey(onboarding),
  };
}

export function renderList(rows: readonly ListRow[]): Card {
  const shown = rows.slice(0, LIST_LENGTH);
  const facts = shown.map(
    (row): Fact => ({
      title: md(row.reference),
      value: `${md(row.subject)}: ${isKey(row.state) ? t(row.state as 'state.open') : md(row.state)}` as Safe,
    }),
  );
  const more = rows.length - shown.length;
  return panel({
    title: t('list.title'),
    lines: rows.length === 0 ? [t('list.none')] : [],
    facts,
    ...(more > 0 ? { footer: t('list.more', { count: more }) } : {}),
  });
}

export function renderHelp(): Card {
  return panel({
    title: t('help.title'),
    lines: [t('help.onboard'), t('help.list'), t('help.status'), t('help.cancel'), t('help.stop')],
    footer: t('help.channel'),
  });
}

/** Which of several people is meant. The choice comes back as an object id, and is looked up again. */
export function renderPeople(people: readonly PersonName[], said: string): Card {
  return expand(template, {
    title: t('people.title'),
    text: t('people.text', { said: md(said) }),
    label: t('people.label'),
    needed: t('people.needed'),
    choices: people.slice(0, 10).map((person) => ({ title: choiceTitle(person), value: person.id })),
    choose: button({ id: '', nonce: '', version: 0 }, 'choose', t('button.choose'), {
      style: 'positive',
      inputs: 'auto',
    }),
  });
}

/** What the chooser sees after the choice. */
export function renderChosen(onboarding: Onboarding): Card {
  const values = { reference: referenceOf(onboarding), subject: md(onboarding.subject.displayName) };
  return panel({ title: t('people.title'), lines: [t('people.chosen', values)] });
}

// Choices are shown as they are, without formatting, so the words are bounded but not escaped.
function choiceTitle(person: PersonName): string {
  const parts = [person.displayName, person.userPrincipalName, person.jobTitle, person.department];
  return parts.flatMap((part) => (part === undefined ? [] : [plain(part)])).join(' - ');
}
