import type { Clock } from '../bot/clock';
import type { BudgetEvent } from './budget';
import type { Credential } from './credential';

/** How the application proves who it is, in the order in which we advise it. */
export type CredentialSource =
  | { readonly kind: 'certificate'; readonly path: string; readonly password?: string }
  /** Without `clientId`: the system-assigned identity. */
  | { readonly kind: 'managed-identity'; readonly clientId?: string }
  | { readonly kind: 'federated'; readonly tokenFile: string }
  | { readonly kind: 'secret'; readonly secret: string };

export interface CredentialSettings {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: CredentialSource;
  /** https origin; `https://login.microsoftonline.com` where nothing else is said. */
  readonly authorityHost?: string;
}

export interface GraphSettings extends CredentialSettings {
  /** https origin, without a version; `https://graph.microsoft.com` where nothing else is said. */
  readonly graphBaseUrl?: string;
  readonly onboardingGroupId: string;
  /** How somebody becomes a member: for good, or through PIM for Groups with an end of its own. `direct` if not said. */
  readonly membership?: 'direct' | 'pim';
  /** The share of Graph's documented limits that is used, per cent; 25 if not said. */
  readonly budgetPercent?: number;
  /** The Conditional Access policy that is to close the bare-password hole during a window. */
  readonly guardPolicyId?: string;
}

/** What a test, or a caller that already has a credential, puts in place of the real thing. */
export interface GraphSeams {
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly credential?: Credential;
  /** Told when a call waits for the budget, or is not to be made now. */
  readonly onBudget?: BudgetEvent;
  /** Told of every request with its answer's status, 0 where none came, and how long it took, ms. */
  readonly onRequest?: (operation: string, status: number, ms: number) => void;
}

/** The part of pino that is used here. Nothing that is logged names a person, a path or a body. */
export interface GraphLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
