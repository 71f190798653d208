import type { CaPolicy } from './policy';
import {
  CREDENTIAL_SERVICE,
  has,
  MESSAGE_RESOURCES,
  REGISTER_DEVICE,
  REGISTER_SECURITY_INFO,
  REGISTRATION_RESOURCES,
} from './vocabulary';

/**
 * What a policy covers, seen from somebody who registers a passkey.
 * `registration`: the user action itself. `device`: registering a device. `all`: all resources. `path`: names a resource
 * that registration touches. `app`: other resources. `step-up`: authentication contexts only. `nothing`: none of these.
 */
export interface Coverage {
  readonly kind: 'registration' | 'device' | 'all' | 'path' | 'app' | 'step-up' | 'nothing';
  readonly words: string;
  readonly at: string;
  /** Teams or Office 365 are covered: the person may not be able to read messages. */
  readonly messages: boolean;
  /** The service with which Authenticator makes a passkey is covered. */
  readonly phoneLeg: boolean;
  /** Resources are left out, or chosen by a filter that cannot be judged from here. */
  readonly partly: boolean;
}

export function coverageOf({ applications }: CaPolicy): Coverage {
  const { include, exclude, userActions, contexts, filtered } = applications;
  const actions = '$.conditions.applications.includeUserActions';
  const resources = '$.conditions.applications.includeApplications';
  const none = { messages: false, phoneLeg: false, partly: false };
  if (has(userActions, REGISTER_SECURITY_INFO)) {
    return { ...none, kind: 'registration', words: 'registering security information', at: actions, phoneLeg: true };
  }
  if (has(userActions, REGISTER_DEVICE)) {
    return { ...none, kind: 'device', words: 'registering a device', at: actions };
  }
  const partly = exclude.length > 0 || filtered;
  if (has(include, 'All')) {
    return {
      kind: 'all',
      words: partly ? 'all resources but some' : 'all resources',
      at: resources,
      messages: ![...MESSAGE_RESOURCES].some((one) => has(exclude, one)),
      phoneLeg: !has(exclude, CREDENTIAL_SERVICE),
      partly,
    };
  }
  const named = include.find((one) => REGISTRATION_RESOURCES.has(one.toLowerCase()) && !has(exclude, one));
  const messages = include.some((one) => MESSAGE_RESOURCES.has(one.toLowerCase()) && !has(exclude, one));
  if (named !== undefined) {
    return {
      kind: 'path',
      words: `${REGISTRATION_RESOURCES.get(named.toLowerCase())}, which registering a passkey touches`,
      at: resources,
      messages,
      phoneLeg: has(include, CREDENTIAL_SERVICE) && !has(exclude, CREDENTIAL_SERVICE),
      partly,
    };
  }
  if (include.some((one) => !has(['None'], one))) {
    return { kind: 'app', words: wordsOf(include), at: resources, messages, phoneLeg: false, partly };
  }
  // A filter alone chooses among applications by attributes that an export does not hold.
  if (filtered) {
    const at = '$.conditions.applications.applicationFilter';
    return { kind: 'app', words: 'applications chosen by a filter', at, messages: true, phoneLeg: false, partly };
  }
  if (contexts.length > 0) {
    const at = '$.conditions.applications.includeAuthenticationContextClassReferences';
    return { ...none, kind: 'step-up', words: 'a step up within an application', at };
  }
  if (userActions.length > 0) return { ...none, kind: 'nothing', words: `the action ${userActions[0]}`, at: actions };
  return { ...none, kind: 'nothing', words: 'no resource', at: '$.conditions.applications' };
}

function wordsOf(include: readonly string[]): string {
  if (has(include, 'Office365')) return 'Office 365';
  if (has(include, 'MicrosoftAdminPortals')) return 'the admin portals';
  return include.length === 1 ? 'one application' : `${include.length} applications`;
}
