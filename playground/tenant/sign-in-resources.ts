/** What people sign in to. Application ids are Microsoft's own. */
export interface Resource {
  readonly key: 'mail' | 'teams' | 'security-info' | 'portal' | 'authenticator';
  readonly name: string;
  readonly where: string;
  readonly appId: string;
  readonly appGroups: readonly string[];
  /** Going there is also the user action "Register security information". */
  readonly registers: boolean;
}

export const RESOURCES: Readonly<Record<Resource['key'], Resource>> = {
  mail: {
    key: 'mail',
    name: 'Outlook',
    where: 'https://outlook.office.com/mail/',
    appId: '00000002-0000-0ff1-ce00-000000000000',
    appGroups: ['Office365'],
    registers: false,
  },
  teams: {
    key: 'teams',
    name: 'Microsoft Teams',
    where: 'https://teams.microsoft.com/',
    appId: 'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
    appGroups: ['Office365'],
    registers: false,
  },
  'security-info': {
    key: 'security-info',
    name: 'My Sign-Ins',
    where: 'https://mysignins.microsoft.com/security-info',
    appId: '19db86c3-b2b9-44cc-b339-36da233a3be2',
    appGroups: [],
    registers: true,
  },
  portal: {
    key: 'portal',
    name: 'Microsoft Entra admin center',
    where: 'https://entra.microsoft.com/',
    appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
    appGroups: ['MicrosoftAdminPortals'],
    registers: false,
  },
  // Signing in to Authenticator is judged as registering as well, and by every policy on all resources.
  authenticator: {
    key: 'authenticator',
    name: 'Microsoft Authenticator',
    where: 'Authenticator',
    appId: 'ea890292-c8c8-4433-b5ea-b09d0668e1a6',
    appGroups: [],
    registers: true,
  },
};

const SHORT_ADDRESSES: Readonly<Record<string, Resource['key']>> = {
  'https://aka.ms/mysecurityinfo': 'security-info',
  'https://aka.ms/mfasetup': 'security-info',
};

/** The resource that a key or an address names, or null. Authenticator is an app and has no address. */
export function resourceAt(address: unknown): Resource | null {
  const key = SHORT_ADDRESSES[String(address)] ?? address;
  const found = Object.values(RESOURCES).find((one) => one.key === key || one.where === key);
  return found && found.key !== 'authenticator' ? found : null;
}

/** The names under which policies gather an application. */
export function appGroupsOf(appId: string): readonly string[] {
  return Object.values(RESOURCES).find((one) => one.appId === appId)?.appGroups ?? [];
}
