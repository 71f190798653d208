import type { PlaygroundClock } from '../../clock';
import type { Reply } from '../../http';
import type { Journal } from '../../journal';
import type { Changes } from '../changes';
import type { Luck } from '../luck';
import type { TenantState } from '../state';
import type { TeamsApps } from '../teams-apps';
import type { Service } from './errors';

/** One call, whether it came alone or as part of a batch. */
export interface Call {
  /** Named groups of the route's pattern, URI-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly body: unknown;
  /** `app:<appId>`, from the token. */
  readonly actor: string;
  /** Application permissions of the token: some routes answer less without a further one. */
  readonly permissions: ReadonlySet<string>;
  /** `https://localhost:PORT/v1.0`, for contexts and next links. */
  readonly base: string;
  /** The path below the version, as it was asked for. */
  readonly path: string;
}

export interface GraphRoute {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PATCH';
  /** Matched without regard to case against the still encoded path below the version. */
  readonly pattern: RegExp;
  /** Application permissions of which any one suffices. */
  readonly accepts: readonly string[];
  /** Application permissions that are needed besides, all of them. */
  readonly needs?: readonly string[];
  readonly service: Service;
  /** Carrying it out changes the tenant. */
  readonly writes?: true;
  handle(call: Call): Reply;
}

/** What the routes work on. */
export interface Parts {
  readonly state: TenantState;
  readonly changes: Changes;
  readonly clock: PlaygroundClock;
  readonly journal: Journal;
  readonly luck: Luck;
  /** Who has which app in Teams. */
  readonly teamsApps: () => TeamsApps;
  /** Every code ever minted, for the hunt; nothing else reads it. */
  readonly minted: { userId: string; id: string; code: string }[];
  /** Says aloud what a product should never have asked for. */
  readonly warn: (text: string) => void;
}

export function parameter(call: Call, name: string): string {
  return call.params[name] ?? '';
}
