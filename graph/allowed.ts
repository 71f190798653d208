import { GRAPH_VERSION } from './base-url';
import { type Call, fields } from './call';
import { tenantError } from './errors';

const ID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** Of a method: Graph says nothing about its form, so anything but what a server may take for a slash or a step up. */
const METHOD_ID = '(?:[\\w~-]|%(?!2F|5C|2E)[0-9A-F]{2})+';

/**
 * Every change that Onboard makes in a tenant, by its address. What is not in here does not leave: above all no deletion
 * of a person or a group, which is one forgotten `/$ref` away from taking somebody out of a group.
 */
const WRITES: Readonly<Record<string, readonly RegExp[]>> = {
  POST: [
    new RegExp(`^/groups/${ID}/members/\\$ref$`),
    new RegExp(`^/users/${ID}/authentication/temporaryAccessPassMethods$`),
    new RegExp(`^/users/${ID}/revokeSignInSessions$`),
    new RegExp(`^/users/${ID}/teamwork/installedApps$`),
    /^\/identityGovernance\/privilegedAccess\/group\/assignmentScheduleRequests$/,
  ],
  DELETE: [
    new RegExp(`^/groups/${ID}/members/${ID}/\\$ref$`),
    new RegExp(`^/users/${ID}/authentication/temporaryAccessPassMethods/${METHOD_ID}$`),
    new RegExp(`^/users/${ID}/authentication/fido2Methods/${METHOD_ID}$`),
  ],
};

/** What is asked with a body, and changes nothing. */
const QUESTIONS = [new RegExp(`^/users/${ID}/checkMemberGroups$`)];

/**
 * Stands at the door: looks at a request as the wire would carry it, after dots and escapes are resolved. Throws
 * TenantError GRAPH_NOT_ALLOWED, kind `rejected`, for anything that Onboard has no business to send.
 */
export function mustBeAllowed(call: Pick<Call, 'operation' | 'method' | 'path' | 'body' | 'repeat'>): void {
  if (isAllowed(call)) return;
  throw tenantError('rejected', 'GRAPH_NOT_ALLOWED', call.operation);
}

function isAllowed({ method, path, body, repeat }: Pick<Call, 'method' | 'path' | 'body' | 'repeat'>): boolean {
  const address = addressOf(path);
  if (address === undefined) return false;
  if (method === 'POST' && address === '/$batch') return partsOf(body).every(isQuestion);
  // The audit log is asked once and not again: five questions in ten seconds are all that a tenant answers.
  if (isQuestion({ method, path })) return repeat === 'read' || (repeat === 'once' && method === 'GET');
  return repeat !== 'read' && (WRITES[method] ?? []).some((shape) => shape.test(address));
}

function isQuestion({ method, path }: { readonly method: unknown; readonly path: string }): boolean {
  const address = addressOf(path);
  if (address === undefined || address === '/$batch') return false;
  return method === 'GET' || (method === 'POST' && QUESTIONS.some((shape) => shape.test(address)));
}

function partsOf(body: unknown): { readonly method: unknown; readonly path: string }[] {
  const { requests } = fields(body);
  return (Array.isArray(requests) ? requests : [])
    .map(fields)
    .map(({ method, url }) => ({ method, path: String(url) }));
}

/** Below the version, as the server will read it; undefined where that is somewhere else. */
function addressOf(path: string): string | undefined {
  const origin = 'https://graph.invalid';
  const full = `${origin}/${GRAPH_VERSION}${path}`;
  if (!path.startsWith('/') || !URL.canParse(full)) return undefined;
  const { pathname } = new URL(full);
  const below = pathname.slice(`/${GRAPH_VERSION}`.length);
  // Something that climbs, or a segment that is empty, was not meant by anybody.
  const climbs = pathname !== `/${GRAPH_VERSION}${path.split(/[?#]/)[0]}`;
  return climbs || below.includes('//') ? undefined : below;
}
