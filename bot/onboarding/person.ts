/** An Entra object id (GUID, lower case). Everything that decides carries this, never a name or an address. */
export type PersonId = string;

/** A person as the directory knows them now. Names are for people to read; only `id` identifies. */
export interface Person {
  readonly id: PersonId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly jobTitle?: string;
  readonly department?: string;
  readonly preferredLanguage?: string;
  readonly enabled: boolean;
  /**
   * `member` only when the directory says `Member`, or says nothing and no external identity is listed. `guest` covers
   * internal and external guests: neither can register a passkey (Microsoft Entra, "Enable passkeys (FIDO2)").
   */
  readonly kind: 'member' | 'guest';
}

/** What is kept of a person in an onboarding: enough to name them on a card, and to write to them in their language. */
export type PersonName = Pick<
  Person,
  'id' | 'displayName' | 'userPrincipalName' | 'jobTitle' | 'department' | 'preferredLanguage'
>;

/** Keeps only what a card needs; the rest is read again from the directory whenever it decides something. */
export function nameOf(person: Person): PersonName {
  return {
    id: person.id,
    displayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
    ...(person.jobTitle ? { jobTitle: person.jobTitle } : {}),
    ...(person.department ? { department: person.department } : {}),
    ...(person.preferredLanguage ? { preferredLanguage: person.preferredLanguage } : {}),
  };
}
