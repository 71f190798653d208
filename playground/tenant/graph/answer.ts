import type { Done } from '../gate';
import { auditRoutes } from './audits';
import { badRequest, denied, GraphRefusal, unknownSegment } from './errors';
import { groupAssignmentRoutes } from './group-assignments';
import { groupRoutes } from './groups';
import { methodRoutes } from './methods';
import { passRoutes } from './passes';
import { policyRoutes } from './policies';
import { roleRoutes } from './roles';
import type { Call, GraphRoute, Parts } from './route';
import { userRoutes } from './users';

/** A call before a route is known: the path is below the version and still encoded. */
export type Asked = Omit<Call, 'params'> & { readonly method: string };

/** Every route of v1.0 that the playground knows. */
export function createRoutes(parts: Parts): GraphRoute[] {
  return [
    ...userRoutes(parts),
    ...groupRoutes(parts),
    ...roleRoutes(parts),
    ...groupAssignmentRoutes(parts),
    ...passRoutes(parts),
    ...methodRoutes(parts),
    ...policyRoutes(parts),
    ...auditRoutes(parts),
  ];
}

/** Finds the route, checks the permission, carries out. Throws GraphRefusal. */
export function answer(routes: readonly GraphRoute[], asked: Asked, warn: (text: string) => void): Done {
  // `/users('id')` is another way to write `/users/id`.
  const path = asked.path.replace(/\('([^']*)'\)/g, '/$1').replace(/\/$/, '');
  const samePath = routes.filter((route) => route.pattern.test(path));
  const route = samePath.find((one) => one.method === asked.method);
  if (!route) {
    warn(`${asked.method} ${asked.path} is not served by this Graph`);
    if (samePath.length > 0) {
      throw new GraphRefusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
    }
    throw unknownSegment(path.split('/').findLast((segment) => segment !== '') ?? '');
  }
  if (!route.accepts.some((permission) => asked.permissions.has(permission)) && route.accepts.length > 0) {
    throw denied(route.service);
  }
  const params = decodeParams(route.pattern.exec(path)?.groups ?? {});
  const reply = route.handle({ ...asked, params });
  return { reply, wrote: route.writes === true };
}

function decodeParams(groups: Readonly<Record<string, string>>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw badRequest('The request URL is malformed.');
  }
}
