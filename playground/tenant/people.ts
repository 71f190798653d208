import { GROUPS, personId } from './ids';
import type { User } from './state';

/** One row of the cast. What is left out is ordinary: enabled, a member, a phone, no passkey, manager mo. */
interface Row {
  readonly key: string;
  readonly name: string;
  readonly upn?: string;
  readonly title: string;
  readonly department: string;
  readonly role: string;
  readonly manager: string | null;
  readonly phone?: 'ios' | 'android' | null;
  readonly language?: string | null;
  /** What the person has besides a password. */
  readonly has?: 'authenticator' | 'securityKey';
  readonly disabled?: true;
  readonly guest?: true;
  readonly typeless?: true;
  readonly breakGlass?: true;
}

/** The key is what scripts and tests call a person; it never changes. */
const ROWS: readonly Row[] = [
  {
    key: 'priya',
    name: 'Priya Raman',
    title: 'Helpdesk technician',
    department: 'IT support',
    role: 'Asks Onboard for a passkey onboarding when somebody calls the helpdesk.',
    manager: 'kim',
    has: 'authenticator',
  },
  {
    key: 'sam',
    name: 'Sam Okafor',
    title: 'Helpdesk technician, nights',
    department: 'IT support',
    role: 'A second technician, in the helpdesk group only through a nested group.',
    manager: 'kim',
    phone: 'android',
    has: 'authenticator',
  },
  {
    key: 'helen',
    name: 'Helen Park',
    title: 'Helpdesk lead',
    department: 'IT support',
    role: 'A technician who is also the manager of Tim: she may not ask and decide.',
    manager: 'kim',
    has: 'authenticator',
  },
  {
    key: 'tim',
    name: 'Tim Novak',
    title: 'Helpdesk trainee',
    department: 'IT support',
    role: 'A new hire whose manager works at the helpdesk.',
    manager: 'helen',
    phone: 'android',
  },
  {
    key: 'mo',
    name: 'Mo Haddad',
    title: 'Head of retail lending',
    department: 'Lending',
    role: 'The manager who approves, reads the pass out and hands it over.',
    manager: 'kim',
    has: 'authenticator',
  },
  {
    key: 'jane',
    name: 'Jane Doe',
    upn: 'jane.doe@northwind.example',
    title: 'Loan officer',
    department: 'Lending',
    role: 'The new hire: she has an iPhone and a password, and no passkey.',
    manager: 'mo',
    language: 'en-GB',
  },
  {
    key: 'jane-roe',
    name: 'Jane Roe',
    upn: 'jane.roe@northwind.example',
    title: 'Credit analyst',
    department: 'Lending',
    role: 'The other Jane: asking for "jane" has to ask back. She has an Android phone.',
    manager: 'mo',
    phone: 'android',
    language: 'de-DE',
  },
  {
    key: 'gus',
    name: 'Gus Berg (Contoso)',
    upn: 'gus_contoso.example#EXT#@northwind.example',
    title: 'Auditor',
    department: 'External',
    role: 'A guest from another company: guests cannot register passkeys here.',
    manager: 'mo',
    guest: true,
  },
  {
    key: 'dana',
    name: 'Dana Frost',
    title: 'Branch manager',
    department: 'Branches',
    role: 'Left the bank: the account is disabled, and she is still the manager of Derek.',
    manager: 'mo',
    disabled: true,
  },
  {
    key: 'gloria',
    name: 'Gloria Mendes',
    title: 'Identity engineer',
    department: 'IT security',
    role: 'A Global Administrator: privileged, whatever the request says.',
    manager: 'mo',
    has: 'securityKey',
  },
  {
    key: 'eli',
    name: 'Eli Strand',
    title: 'Security engineer',
    department: 'IT security',
    role: 'Eligible for a privileged role in PIM, and holding none at the moment.',
    manager: 'mo',
    phone: 'android',
    has: 'authenticator',
  },
  {
    key: 'ruth',
    name: 'Ruth Adler',
    title: 'Directory operator',
    department: 'IT security',
    role: 'Privileged only through a role-assignable group.',
    manager: 'mo',
    has: 'securityKey',
  },
  {
    key: 'nora',
    name: 'Nora Lind',
    title: 'Board secretary',
    department: 'Board',
    role: 'Has no manager in the directory: a fallback approver is asked.',
    manager: null,
  },
  {
    key: 'derek',
    name: 'Derek Ash',
    title: 'Teller',
    department: 'Branches',
    role: 'His manager is a disabled account; the directory does not say his user type.',
    manager: 'dana',
    phone: 'android',
    typeless: true,
  },
  {
    key: 'otto',
    name: 'Otto Brandt',
    title: 'Contract courier',
    department: 'Branches',
    role: 'His manager is a mail contact and not a person who could sign in.',
    manager: 'contact',
  },
  {
    key: 'olga',
    name: "Olga O'Brien & Söhne #1*",
    upn: 'olga.obrien@northwind.example',
    title: 'Partner liaison <b>East</b>',
    department: 'Partners & alliances',
    role: 'Her name holds a quote, an ampersand, a hash, an asterisk and an umlaut.',
    manager: 'mo',
  },
  {
    key: 'pat',
    name: 'Pat Quill',
    title: 'Loan officer',
    department: 'Lending',
    role: 'Already has a working passkey in Authenticator.',
    manager: 'mo',
    phone: 'android',
    has: 'authenticator',
  },
  {
    key: 'breakglass',
    name: 'Break Glass 01',
    title: 'Emergency access',
    department: 'IT security',
    role: 'The break-glass account: excluded from every policy and never onboarded.',
    manager: null,
    phone: null,
    has: 'securityKey',
    breakGlass: true,
  },
  {
    key: 'lee',
    name: 'Lee Walsh',
    title: 'Identity operations lead',
    department: 'IT security',
    role: 'The fallback approver, for people without a usable manager.',
    manager: 'kim',
    has: 'authenticator',
  },
  {
    key: 'kim',
    name: 'Kim Sato',
    title: 'Chief information security officer',
    department: 'IT security',
    role: 'The second approver for privileged people; never shown a pass.',
    manager: null,
    phone: 'android',
    has: 'authenticator',
  },
  {
    key: 'mallory',
    name: 'Mallory Vance',
    title: 'Clerk',
    department: 'Branches',
    role: 'An ordinary employee who may ask for nothing and decide nothing.',
    manager: 'mo',
    has: 'authenticator',
  },
  {
    key: 'ada',
    name: 'Ada Byrne',
    title: 'Systems administrator',
    department: 'IT operations',
    role: 'A new hire; in the admins tenant she already holds a privileged role.',
    manager: 'mo',
  },
];

/** The contact that stands in Otto's manager field. */
export const CONTACT = { id: personId(900), displayName: 'Swift Couriers dispatch', mail: 'dispatch@swift.example' };

/** When everything in the scenarios was created. */
export const SCENARIO_START = Date.UTC(2026, 0, 12, 8, 0, 0);

const idOf = new Map(ROWS.map((row, index) => [row.key, personId(index + 1)]));

/** The object id of a person of the scenarios. Throws for a key that does not exist: a typing error. */
export function idOfPerson(key: string): string {
  const found = idOf.get(key);
  if (!found) throw new Error(`no person ${key} in the scenarios`);
  return found;
}

/** Ids of the crowd begin behind those of everybody else. */
const FIRST_OF_CROWD = 1_001;

/** `person-001` and so on: new people without a passkey, for tests that need many. Their manager is mo. */
function crowdRow(index: number): { row: Row; id: string } {
  const number = String(index + 1).padStart(3, '0');
  const row: Row = {
    key: `person-${number}`,
    name: `Person ${number}`,
    title: 'New hire',
    department: 'Lending',
    role: 'One of many new hires.',
    manager: 'mo',
  };
  return { row, id: personId(FIRST_OF_CROWD + index) };
}

/** The people, and who of them already has a passkey, in Authenticator or on a security key. */
export function createPeople(
  domain: string,
  crowd = 0,
): { user: User; has: 'authenticator' | 'securityKey' | undefined }[] {
  const named = ROWS.map((row) => ({ row, id: idOfPerson(row.key) }));
  const many = Array.from({ length: crowd }, (_, index) => crowdRow(index));
  return [...named, ...many].map(({ row, id }) => ({ user: createUser(row, id, domain), has: row.has }));
}

/** Direct members, by group. The onboarding group starts empty: only open windows put somebody in. */
export const GROUP_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  [GROUPS.helpdesk]: [idOfPerson('priya'), idOfPerson('helen'), GROUPS.nightShift],
  [GROUPS.nightShift]: [idOfPerson('sam')],
  [GROUPS.roleAssignable]: [idOfPerson('ruth')],
  [GROUPS.dynamic]: [idOfPerson('mallory'), idOfPerson('derek')],
};

function createUser(row: Row, id: string, domain: string): User {
  const [givenName = '', ...rest] = row.name.split(' ');
  const nickname = row.upn?.split('@')[0] ?? row.name.toLowerCase().replaceAll(' ', '.');
  const upn = row.upn ?? `${nickname}@${domain}`;
  return {
    key: row.key,
    id,
    role: row.role,
    displayName: row.name,
    givenName,
    surname: rest.join(' '),
    userPrincipalName: upn,
    mailNickname: nickname,
    mail: row.breakGlass ? null : row.guest ? 'gus@contoso.example' : upn,
    jobTitle: row.title,
    department: row.department,
    preferredLanguage: row.language ?? null,
    accountEnabled: !row.disabled,
    userType: row.typeless ? null : row.guest ? 'Guest' : 'Member',
    identities: row.guest
      ? [{ signInType: 'federated', issuer: 'ExternalAzureAD', issuerAssignedId: '' }]
      : [{ signInType: 'userPrincipalName', issuer: domain, issuerAssignedId: upn }],
    password: `${row.key}-Winter-2026`,
    managerId: row.manager === null ? null : row.manager === 'contact' ? CONTACT.id : idOfPerson(row.manager),
    managerKind: row.manager === 'contact' ? 'orgContact' : 'user',
    signInSessionsValidFrom: SCENARIO_START,
    phone: row.phone === undefined ? 'ios' : row.phone,
    breakGlass: row.breakGlass ?? false,
  };
}
