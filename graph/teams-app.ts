import { type Clock, systemClock } from '../bot/clock';
import type { PersonId } from '../bot/onboarding/person';
import { TenantError } from '../bot/workflow/tenant';
import { graphBase } from './base-url';
import type { Call } from './call';
import { createClients, type GraphClient } from './client';
import { createCredential } from './credential';
import type { CredentialSettings, GraphLog, GraphSeams } from './settings';
import { path } from './url';

/**
 * What came of an installation. `refused`: an app permission policy or a missing right; `no-teams`: the person has no
 * Teams yet, or no licence for it; `later`: Graph could not do it now.
 */
export type AppInstalled = 'installed' | 'there' | 'refused' | 'no-teams' | 'later';

export interface TeamsAppSettings extends CredentialSettings {
  readonly graphBaseUrl?: string;
  /** Id of the app in the organisation's catalogue, which is not the id in its manifest. */
  readonly teamsAppId: string;
}

const permission = 'TeamsAppInstallation.ReadWriteSelfForUser.All';

/**
 * Installs the app in somebody's personal scope, without which a bot may not write to them. Works for apps from the
 * store or the organisation's catalogue whose manifest names this very application (`webApplicationInfo.id`); what was
 * side-loaded cannot be installed. Never throws for what Graph answers.
 */
export function createAppInstaller(
  settings: TeamsAppSettings,
  log: GraphLog,
  seams: GraphSeams = {},
): (person: PersonId) => Promise<AppInstalled> {
  const clock: Clock = seams.clock ?? systemClock;
  const clients = createClients({
    base: graphBase(settings.graphBaseUrl),
    credential: seams.credential ?? createCredential(settings),
    log,
    clock,
    ...(seams.fetch ? { fetch: seams.fetch } : {}),
    ...(seams.onRequest ? { onRequest: seams.onRequest } : {}),
  });
  return (person) => install(clients('later'), person, settings.teamsAppId);
}

async function install(client: GraphClient, person: PersonId, teamsAppId: string): Promise<AppInstalled> {
  try {
    // Answers 201 without a body, and 409 when it is there: may be done twice.
    await client.send({
      operation: 'app.install',
      method: 'POST',
      repeat: 'write',
      // 30 a second for an application: more than Onboard has people to install it for.
      cost: { service: 'teams', units: 0 },
      permission,
      deniedHint: 'Or an app permission policy of Teams blocks the app for this person.',
      path: `${path('users', person)}/teamwork/installedApps`,
      body: { 'teamsApp@odata.bind': `${client.base.origin}/v1.0/appCatalogs/teamsApps${path(teamsAppId)}` },
      recognize: isThere,
    });
    return 'installed';
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return meaningOf(error);
  }
}

const isThere: Call['recognize'] = (status) => (status === 409 ? 'GRAPH_APP_THERE' : undefined);

function meaningOf({ kind, code }: TenantError): AppInstalled {
  if (code === 'GRAPH_APP_THERE') return 'there';
  switch (kind) {
    case 'denied':
      return 'refused';
    case 'not-found':
      return 'no-teams';
    default:
      // Passing answers of 400 are known from practice, so a refusal that says nothing is not taken for the last word.
      return 'later';
  }
}
