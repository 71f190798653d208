import { TenantError, type TenantErrorKind } from '../bot/workflow/tenant';
import { type Call, fields, text } from './call';

/** An answer that was no success, with its words still in it; they are dropped when it becomes a TenantError. */
export interface Refusal {
  readonly status: number;
  /** Graph's own code, the innermost; undefined when the body was not Graph's. */
  readonly graphCode?: string;
  readonly words: string;
  readonly requestId?: string;
  /** ms */
  readonly retryAfter?: number;
}

/** No answer came. */
export interface Silence {
  /** False only when the request surely did not leave. */
  readonly sent: boolean;
  readonly timedOut: boolean;
}

type About = Pick<Call, 'operation' | 'repeat' | 'permission' | 'deniedHint' | 'recognize'>;

/** Hints by our code: what an operator can do. A test finds a code without one. */
const HINTS: Readonly<Record<string, string>> = {
  GRAPH_TOKEN_REFUSED: 'Graph refused a fresh token. Check the tenant id, the client id and the address of Graph.',
  GRAPH_NOT_FOUND: 'The object does not exist, or was deleted.',
  GRAPH_REJECTED: 'Graph refused the request as it is. Look up the request id; this is probably a defect.',
  GRAPH_UNEXPECTED_ANSWER: 'The answer is not Graph’s. Check the address of Graph and any proxy in between.',
  GRAPH_THROTTLED: 'Graph asked for a pause. Nothing to do unless it lasts.',
  GRAPH_NOT_NOW:
    'Onboard’s own share of the tenant’s limits is used up, or Graph asked for a pause. Nothing was sent. Nothing to do unless it lasts; then raise GRAPH_BUDGET_PERCENT, or look for who else asks.',
  GRAPH_NOT_ALLOWED:
    'A request that Onboard never makes was held back before it left. This is a defect: nothing was changed.',
  GRAPH_BUSY: 'The directory was changing the same object. Nothing to do unless it lasts.',
  GRAPH_UNAVAILABLE: 'Graph could not answer. Nothing was changed.',
  GRAPH_UNREACHABLE: 'No connection to Graph. Check the network, the proxy and the certificates. Nothing was changed.',
  GRAPH_TIMEOUT: 'Graph did not answer in time. Nothing was changed.',
  GRAPH_LOST_ANSWER: 'The request was sent and its answer was lost: it may have been carried out.',
  GRAPH_TAP_SCOPE:
    'The Temporary Access Pass policy is off or does not cover this person. If it covers the onboarding group only, it may need some minutes after the person joined.',
  GRAPH_TAP_LIFETIME: 'The lifetime is outside what the Temporary Access Pass policy allows.',
  GRAPH_TAP_GUEST: 'External guests cannot have a Temporary Access Pass.',
  GRAPH_TAP_NO_CODE: 'A pass was created but its code did not arrive: delete it and create another.',
  GRAPH_ADD_UNCLEAR: 'Graph says that the person is in the group already, but a read does not show it yet.',
  GRAPH_PIM_LICENSE:
    'PIM for Groups needs Microsoft Entra ID P2 or Governance for everybody who is onboarded. Without it: MEMBERSHIP_MODE=direct, and run the watchdog.',
  GRAPH_PIM_TOO_SHORT: 'PIM takes no assignment shorter than 5 minutes. Check the clock of this machine.',
  GRAPH_PIM_POLICY:
    'The PIM settings of the onboarding group do not allow this active assignment. Under "Member", allow active assignments of 8 hours and more without multifactor authentication and without a ticket.',
  GRAPH_PIM_EXISTS: 'PIM has an assignment of this person already.',
  GRAPH_PIM_STAYS:
    'This person is a member of the onboarding group in a way that does not end in time. Take the person out, then ask again.',
  GRAPH_PIM_REFUSED: 'PIM did not carry the request out. Look at the requests of the onboarding group in PIM.',
  GRAPH_PIM_PENDING: 'PIM has not provisioned the membership yet. Nothing to do unless it lasts.',
  GRAPH_APP_THERE: 'The app is installed for this person already.',
  GRAPH_WRONG_GROUP: 'The onboarding group does not exist. Check ONBOARDING_GROUP_ID.',
  GRAPH_FOREIGN_LINK: 'The next page of a list was on another host. It was not followed.',
  GRAPH_TOO_MANY_PAGES: 'A list did not end. Look at the size of the group.',
};

export function hintOf(code: string): string {
  return HINTS[code] ?? 'Look up the request id.';
}

export function tenantError(
  kind: TenantErrorKind,
  code: string,
  operation: string,
  detail: TenantError['detail'] = {},
) {
  return new TenantError(kind, code, operation, hintOf(code), detail);
}

/** Graph's envelope from a body. Its casing varies, and the innermost code is the one that says something. */
export function envelope(body: unknown): Pick<Refusal, 'graphCode' | 'words' | 'requestId'> {
  const error = fields(fields(body).error);
  const inner = fields(error.innerError ?? error.innererror);
  const requestId = plain(inner['request-id']);
  const graphCode = plain(inner.code) ?? plain(error.code);
  return {
    words: [error.message, inner.message].filter((part) => typeof part === 'string').join(' '),
    ...(graphCode ? { graphCode } : {}),
    ...(requestId ? { requestId } : {}),
  };
}

/** Codes and ids only: anything with a blank or a quote in it may be words, and words may be names. */
function plain(value: unknown): string | undefined {
  const found = text(value);
  return found && /^[\w.-]{1,80}$/.test(found) ? found : undefined;
}

/** What a refusal means to the one who called. */
export function refused(call: About, refusal: Refusal): TenantError {
  const { status, graphCode, requestId, retryAfter } = refusal;
  const detail = {
    status,
    ...(graphCode ? { graphCode } : {}),
    ...(requestId ? { requestId } : {}),
    ...(retryAfter !== undefined ? { retryAfter } : {}),
  };
  const make = (kind: TenantErrorKind, code: string) => tenantError(kind, code, call.operation, detail);

  if (status === 401) return make('denied', 'GRAPH_TOKEN_REFUSED');
  if (status === 403) return new TenantError('denied', 'GRAPH_DENIED', call.operation, deniedHint(call), detail);
  if (status === 429 || (status === 503 && retryAfter !== undefined)) return make('throttled', 'GRAPH_THROTTLED');
  if (status === 409 && graphCode === 'Directory_ConcurrencyViolation') return make('unavailable', 'GRAPH_BUSY');
  if (status >= 500 || status === 408) {
    return call.repeat === 'read' ? make('unavailable', 'GRAPH_UNAVAILABLE') : make('unknown', 'GRAPH_LOST_ANSWER');
  }
  // A 404 of a proxy or of a mistyped address must never pass for "is not a member".
  if (!graphCode) return make('rejected', 'GRAPH_UNEXPECTED_ANSWER');
  if (status === 404) return make('not-found', 'GRAPH_NOT_FOUND');
  return make('rejected', call.recognize?.(status, refusal.words, graphCode) ?? 'GRAPH_REJECTED');
}

/** What silence means: for a read nothing happened; for a write that may have left, nobody knows. */
export function silent(call: About, silence: Silence): TenantError {
  if (!silence.sent) {
    return tenantError('unavailable', silence.timedOut ? 'GRAPH_TIMEOUT' : 'GRAPH_UNREACHABLE', call.operation);
  }
  if (call.repeat !== 'read') return tenantError('unknown', 'GRAPH_LOST_ANSWER', call.operation);
  return tenantError('unavailable', silence.timedOut ? 'GRAPH_TIMEOUT' : 'GRAPH_UNAVAILABLE', call.operation);
}

function deniedHint(call: About): string {
  const grant = `Grant the application permission ${call.permission} and consent to it; a new grant may take an hour to reach the token.`;
  return call.deniedHint ? `${grant} ${call.deniedHint}` : grant;
}
