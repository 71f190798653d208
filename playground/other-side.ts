import type { RequestListener } from 'node:http';
import { createClock, type PlaygroundClock } from './clock';
import { createJournal, type Journal } from './journal';
import type { LauncherOptions } from './launcher-options';
import { createTeams, type Teams } from './teams';
import { createTenant, type LoadedTenant, type TenantSide } from './tenant';

/** Everything that the product meets: a tenant, Teams, what was written down there, and the time. */
export interface OtherSide {
  readonly clock: PlaygroundClock;
  readonly journal: Journal;
  readonly tenant: TenantSide;
  readonly teams: Teams;
  /** Graph and the token service. */
  readonly graphListener: RequestListener;
  /** Aborted by `stop`. */
  readonly stopped: AbortSignal;
  stop(): void;
}

export interface OtherSideOptions {
  readonly launcher: Pick<LauncherOptions, 'scenario' | 'crowd' | 'news' | 'set'>;
  readonly loaded?: LoadedTenant | undefined;
  /** `http://localhost:PORT`, asked for when it is known. */
  readonly publicOrigin: () => string;
  /** `http://127.0.0.1:PORT/teams` */
  readonly teamsUrl: () => string;
  /** Where the product takes the next activity. */
  readonly botEndpoint: () => string;
  readonly warn: (line: string) => void;
}

/** A new one, as the scenario begins. Nothing of an earlier one is in it. */
export function createOtherSide(options: OtherSideOptions): OtherSide {
  const { launcher, loaded, publicOrigin, teamsUrl, botEndpoint, warn } = options;
  const clock = createClock();
  const journal = createJournal(clock);
  const tenant = createTenant({
    scenario: launcher.scenario,
    crowd: launcher.crowd,
    loaded,
    clock,
    journal,
    publicOrigin,
    warn,
  });
  const { state, tokens } = tenant;
  // What an administrator who chooses this mode has to grant.
  if (launcher.set.MEMBERSHIP_MODE === 'pim')
    state.botApp.roles.push('PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup');
  if (launcher.set.AUDIT === 'on') state.botApp.roles.push('AuditLog.Read.All');
  if (launcher.set.TEAMS_APP_ID) state.botApp.roles.push('TeamsAppInstallation.ReadWriteSelfForUser.All');
  const teams = createTeams({
    people: () =>
      [...state.users.values()].map(({ key, id, displayName, userPrincipalName, preferredLanguage }) => ({
        key,
        id,
        displayName,
        userPrincipalName,
        locale: preferredLanguage,
      })),
    tenantId: state.tenantId,
    botAppId: state.botApp.appId,
    clock,
    journal,
    botEndpoint,
    publicUrl: () => `${teamsUrl()}/`,
    verifyBotToken: (bearer) => isBotToken(bearer, tokens.verify),
    behaviour: () => state.behaviour,
    ...(launcher.news ? { newsOf: launcher.news } : {}),
  });
  tenant.connectTeams(teams.apps);
  const stopping = new AbortController();
  return {
    clock,
    journal,
    tenant,
    teams,
    graphListener: tenant.graphListener,
    stopped: stopping.signal,
    stop() {
      stopping.abort();
      teams.stop();
      tenant.stop();
    },
  };
}

/** What the product shows Teams: a token of this tenant for the Bot Framework, in the product's own name. */
function isBotToken(bearer: string, verify: (token: string) => { aud?: unknown }): boolean {
  try {
    return verify(bearer.replace(/^Bearer /i, '')).aud === 'https://api.botframework.com';
  } catch {
    return false;
  }
}
