import type { User } from '../state';
import { page } from './collection';
import { badRequest, GraphRefusal } from './errors';
import { ACCEPTS } from './permissions';
import { type Call, type GraphRoute, type Parts, parameter } from './route';
import { userOf } from './users';

/** The id of the bot's app in the organization's catalog; its external id is the one in its manifest. */
export const CATALOG_ID = '77777777-0000-4000-8000-000000000001';

const INSTALLED = '/users/(?<user>[^/]+)/teamwork/installedApps';

/** The app catalog, and the bot's own app in people's personal scope. */
export function teamsAppRoutes({ state, teamsApps }: Parts): GraphRoute[] {
  const app = () => ({
    id: CATALOG_ID,
    externalId: state.botApp.appId,
    displayName: 'Onboard',
    distributionMethod: 'organization',
  });

  /** Opaque, and the same every time. */
  const installationId = (user: User) => Buffer.from(`${user.id}##${CATALOG_ID}`).toString('base64url');

  function installed(call: Call) {
    const user = userOf(state, call);
    if (!user.accountEnabled) throw new GraphRefusal(404, 'NotFound', 'The user has no Teams.');
    const expand = call.query.get('$expand');
    if (expand !== null && expand !== 'teamsApp')
      throw badRequest(`Parsing OData Select and Expand failed: '${expand}'.`);
    return page(call, {
      rows: teamsApps().installed(user.id) ? [{ id: installationId(user), teamsApp: app() }] : [],
      properties: ['teamsApp/id', 'teamsApp/externalId'],
      // What is not expanded can be filtered by, and is not shown.
      defaults: expand === null ? ['id'] : ['id', 'teamsApp'],
      resource: 'userScopeTeamsAppInstallation',
      context: `users('${user.id}')/teamwork/installedApps`,
      type: 'microsoft.graph.userScopeTeamsAppInstallation',
    });
  }

  const accepts = ACCEPTS.teamsApps;
  const service = 'teams' as const;
  return [
    {
      method: 'GET',
      pattern: /^\/appCatalogs\/teamsApps$/i,
      accepts: ACCEPTS.catalog,
      service,
      handle: (call) =>
        page(call, {
          rows: [app()],
          properties: ['id', 'externalId', 'displayName', 'distributionMethod'],
          resource: 'teamsApp',
          context: 'appCatalogs/teamsApps',
          type: 'microsoft.graph.teamsApp',
        }),
    },
    { method: 'GET', pattern: new RegExp(`^${INSTALLED}$`, 'i'), accepts, service, handle: installed },
    {
      method: 'POST',
      pattern: new RegExp(`^${INSTALLED}$`, 'i'),
      accepts,
      service,
      writes: true,
      handle(call) {
        const user = userOf(state, call);
        const bound = (call.body as Record<string, unknown> | undefined)?.['teamsApp@odata.bind'];
        const asked = /\/appCatalogs\/teamsApps\/([^/]+)$/.exec(String(bound))?.[1];
        if (asked !== CATALOG_ID) throw new GraphRefusal(404, 'NotFound', 'The app is not in the catalog.');
        if (teamsApps().blocked(user.id))
          throw new GraphRefusal(403, 'Forbidden', 'App is blocked by app permission policy.', 'AccessDenied');
        if (teamsApps().installed(user.id))
          throw new GraphRefusal(409, 'Conflict', 'The app is already installed in the specified scope.');
        teamsApps().install(user.id);
        return { status: 201 };
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${INSTALLED}/(?<installation>[^/]+)/chat$`, 'i'),
      accepts,
      service,
      handle(call) {
        const user = userOf(state, call);
        const there = teamsApps().installed(user.id) && parameter(call, 'installation') === installationId(user);
        if (!there) throw new GraphRefusal(404, 'NotFound', 'The app is not installed for this user.');
        return {
          status: 200,
          body: {
            '@odata.context': `${call.base}/$metadata#chats/$entity`,
            id: teamsApps().chatId(user.id),
            topic: null,
            chatType: 'oneOnOne',
          },
        };
      },
    },
  ];
}
