import type { Done } from '../gate';
import { auditRoutes } from './audits';
import { createLimit } from './budget';
import { conditionalAccessRoutes } from './conditional-access';
import { badRequest, denied, NotServed } from './errors';
import { groupAssignmentRoutes } from './group-assignments';
import { groupRoutes } from './groups';
import { methodRoutes } from './methods';
import { methodsPolicyRoutes } from './methods-policy';
import { passRoutes } from './passes';
import { pimPolicyRoutes } from './pim-policies';
import { reportRoutes } from './reports';
import { roleRoutes } from './roles';
import type { Call, GraphRoute, Parts } from './route';
import { strengthRoutes } from './strengths';
import { teamsAppRoutes } from './teams-apps';
import { tenantRoutes } from './tenant-wide';
import { userRoutes } from './users';

/** A call before a route is known: the path is below the version and still encoded. */
export type Asked = Omit<Call, 'params'> & { readonly method: string };

/** Every route of v1.0 that the playground knows. */
export function createRoutes(parts: Parts): GraphRoute[] {
  // Sign-ins, audits and registration details share one limit: 5 calls in 10 s for one application and tenant.
  const reports = createLimit(parts, 5, 10_000);
  return [
    ...userRoutes(parts),
    ...groupRoutes(parts),
    ...roleRoutes(parts),
    ...groupAssignmentRoutes(parts),
    ...passRoutes(parts),
    ...methodRoutes(parts),
    ...methodsPolicyRoutes(parts),
    ...strengthRoutes(parts),
    ...conditionalAccessRoutes(parts),
    ...auditRoutes(parts, reports),
    ...reportRoutes(parts, reports),
    ...teamsAppRoutes(parts),
    ...tenantRoutes(parts),
    ...pimPolicyRoutes(parts),
  ];
}

/** Finds the route, checks the permission, carries out. Throws GraphRefusal. */
export function answer(routes: readonly GraphRoute[], asked: Asked, warn: (text: string) => void): Done {
  // `/users('id')` is another way to write `/users/id`.
  const path = asked.path.replace(/\('([^']*)'\)/g, '/$1').replace(/\/$/, '');
  const route = routes.find((one) => one.method === asked.method && one.pattern.test(path));
  if (!route) {
    warn(`${asked.method} ${asked.path} is not served by this Graph`);
    throw new NotServed(asked.method, asked.path);
  }
  const holds = (permission: string) => asked.permissions.has(permission);
  const opened = route.accepts.length === 0 || route.accepts.some(holds);
  if (!opened || !(route.needs ?? []).every(holds)) throw denied(route.service);
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
