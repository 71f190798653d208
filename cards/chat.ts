import type { Onboarding } from '../bot/onboarding/onboarding';
import type { PersonName } from '../bot/onboarding/person';
import type { Refusal } from '../bot/onboarding/refusal';
import { button, type Card, expand } from './card';
import { referenceOf, stateKey } from './facts';
import { type Fact, panel } from './panel';
import { refusalText } from './refusal';
import { isKey, t } from './strings/strings';
import template from './templates/people.json' with { type: 'json' };
import { md, plain, type Safe, TEXT_LENGTH } from './text';

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
    lines: [
      t('help.onboard'),
      t('help.more'),
      t('help.several'),
      t('help.recover'),
      t('help.list'),
      t('help.status'),
      t('help.newPass'),
      t('help.cancel'),
      t('help.stop'),
      t('help.language'),
      t('help.pause'),
    ],
    footer: t('help.channel'),
  });
}

/** What was said besides whom, as the inputs of a card have it. */
export interface Given {
  readonly ticket?: string;
  readonly because?: string;
  /** `2026-12-01` */
  readonly startDate?: string;
  /** `09:00` */
  readonly startTime?: string;
}

/** Which of several people is meant. The choice comes back as an object id, and is looked up again. */
export function renderPeople(people: readonly PersonName[], said: string, given: Given = {}): Card {
  const choices = people.slice(0, 10).map((person) => ({ title: choiceTitle(person), value: person.id }));
  return choosing({ title: t('people.title'), text: t('people.text', { said: md(said) }), choices }, given);
}

/**
 * Nobody was named: the client itself offers the people of the directory, and answers with an object id. `problem` is why
 * what was sent with this card was not taken.
 */
export function renderPick(given: Given = {}, problem?: string): Card {
  const text = problem === undefined ? t('pick.text') : md(problem, TEXT_LENGTH);
  return choosing({ title: t('pick.title'), text, choices: [] }, given);
}

function choosing(content: { title: Safe; text: Safe; choices: readonly object[] }, given: Given): Card {
  const { ticket = '', because = '', startDate = '', startTime = '' } = given;
  return expand(template, {
    ...content,
    fixed: content.choices.length > 0,
    label: t('people.label'),
    needed: t('people.needed'),
    search: t('pick.search'),
    hasMore: content.choices.length === 0 || Object.keys(given).length > 0,
    more: t('pick.more'),
    ticketLabel: t('pick.ticket'),
    ticket: plain(ticket),
    becauseLabel: t('pick.because'),
    because: plain(because, 300),
    dateLabel: t('pick.date'),
    startDate,
    timeLabel: t('pick.time'),
    startTime,
    startWrong: t('pick.startWrong'),
    choose: button({ id: '', nonce: '', version: 0 }, 'choose', t('button.choose'), {
      style: 'positive',
      inputs: 'auto',
    }),
  });
}

/** One of several who were asked for together. */
export interface GatheredPerson {
  readonly said: string;
  readonly number?: number;
  readonly subject?: string;
  readonly refusal?: Refusal;
}

/** What became of each of several requests. Everybody has a card of their own; nothing here decides about all of them. */
export function renderGathered(rows: readonly GatheredPerson[]): Card {
  const asked = rows.filter((row) => row.number !== undefined).length;
  return panel({
    title: t('gathered.title'),
    lines: [t('gathered.text', { asked, named: rows.length })],
    facts: rows.map((row): Fact => ({ title: md(row.subject ?? row.said), value: becameOf(row) })),
  });
}

function becameOf({ number, refusal }: GatheredPerson): Safe {
  if (number !== undefined) return t('gathered.asked', { reference: referenceOf({ number }) });
  return refusal ? md(refusalText(refusal), TEXT_LENGTH) : t('time.unknown');
}

/** Whether there are new windows. */
export function renderPaused(paused: boolean, changed: boolean): Card {
  const state = paused ? 'paused' : 'resumed';
  return panel({
    title: t(`pause.${state}.title`),
    tone: paused ? 'warning' : 'good',
    lines: [t(`pause.${state}.${changed ? 'now' : 'already'}`), t(`pause.${state}.text`)],
  });
}

/** The approver was asked for another pass. */
export function renderPassAsked(number: number, approver: string): Card {
  const values = { reference: referenceOf({ number }), approver: md(approver) };
  return panel({ title: t('passAsked.title'), lines: [t('passAsked.text', values)] });
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
