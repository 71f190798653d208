import { knownZone, type Language, languageFor, type Viewer } from '../../cards/render';
import type { Onboarding } from '../onboarding/onboarding';
import type { PersonId, PersonName } from '../onboarding/person';
import type { Outbox, OutboxRow } from '../workflow/store-port';
import type { Caller } from './gate';

/** For whom something is drawn: in which language, in which time zone, and which buttons are theirs. */
export interface Reader extends Viewer {
  readonly language: Language;
}

/**
 * Who reads a message that is delivered. To a person it is theirs; in a conversation of several it is who asked there.
 * An answer brings along the language of whoever it answers.
 */
export async function readerOf(outbox: Outbox, row: OutboxRow, onboarding: Onboarding | null): Promise<Reader> {
  const toPerson = 'person' in row.to ? row.to.person : null;
  const conversation =
    'conversation' in row.to
      ? await outbox.conversation(row.to.conversation)
      : await outbox.personalConversation(row.to.person);
  const person = toPerson ?? conversation?.personId ?? onboarding?.requester.id ?? null;
  const answerIn = row.message === 'answer' ? row.data?.language : undefined;
  const zone = knownZone(conversation?.personId ? conversation.zone : (onboarding?.zone ?? conversation?.zone));
  return {
    id: toPerson,
    ...(zone === undefined ? {} : { zone }),
    language: languageFor([
      typeof answerIn === 'string' ? answerIn : null,
      person && (await outbox.chosenLanguage(person)),
      person && directoryLanguage(onboarding, person),
      conversation?.locale,
    ]),
  };
}

/** The language for who is here now: it was said by them, or they pressed a button on the card of `onboarding`. */
export async function callerLanguage(
  outbox: Pick<Outbox, 'chosenLanguage'>,
  { person, conversation }: Caller,
  inDirectory: string | null | undefined,
): Promise<Language> {
  return languageFor([await outbox.chosenLanguage(person), inDirectory, conversation.locale]);
}

/** What the directory said when this person got their part in the onboarding. */
export function directoryLanguage(onboarding: Onboarding | null, person: PersonId): string | undefined {
  const parts: unknown[] = onboarding ? Object.values(onboarding).flat() : [];
  return parts.filter(isPerson).find((part) => part.id === person && part.preferredLanguage)?.preferredLanguage;
}

function isPerson(value: unknown): value is PersonName {
  return typeof value === 'object' && value !== null && 'id' in value && 'userPrincipalName' in value;
}
