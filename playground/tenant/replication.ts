import type { PlaygroundClock } from '../clock';
import type { Luck } from './luck';
import type { AuthenticationMethod, PassMethod, TenantState } from './state';

/** How much of the past is kept for late reads at least, ms. */
const PAST = 10 * 60_000;

/** The tenant as a read sees it: each part as late as it is told to be. Not for writing. */
export interface Snapshot {
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  readonly passes: ReadonlyMap<string, PassMethod>;
  readonly methods: readonly AuthenticationMethod[];
  readonly policies: Pick<TenantState, 'policies' | 'strengths' | 'authenticationMethodsPolicy'>;
}

type Part = keyof Snapshot;

export interface Replication {
  /** One part has just been changed. */
  changed(part: Part): void;
  /**
   * What can be read now.
   *
   * @param reader what distinguishes one series of reads from another, such as a path: while reads flicker, each of the
   *   series is answered by some replica. Without it the last replica answers, as sign-ins are judged.
   */
  seen(reader?: string): Snapshot;
}

/** How late the three replicas are, as shares of the lag. */
const REPLICAS = [0, 0.5, 1];

export function createReplication(state: TenantState, clock: PlaygroundClock, luck: Luck): Replication {
  /** A clock that is wrong does not make anything replicate later. */
  const now = () => clock.now() - state.behaviour.clockSkewMs;

  const live: { readonly [P in Part]: () => Snapshot[P] } = {
    members: () => new Map([...state.groups].map(([id, group]) => [id, group.members])),
    passes: () => state.passes,
    methods: () => state.methods,
    policies: () => state,
  };
  const copies: { readonly [P in Part]: () => Snapshot[P] } = {
    members: () => new Map([...state.groups].map(([id, group]) => [id, new Set(group.members)])),
    passes: () => new Map(state.passes),
    methods: () => [...state.methods],
    policies: () => {
      const { policies, strengths, authenticationMethodsPolicy } = state;
      return structuredClone({ policies, strengths, authenticationMethodsPolicy });
    },
  };
  const past = {
    members: [{ at: 0, value: copies.members() }],
    passes: [{ at: 0, value: copies.passes() }],
    methods: [{ at: 0, value: copies.methods() }],
    policies: [{ at: 0, value: copies.policies() }],
  };

  function lagOf(part: Part): number {
    const { replicationLagMs, membershipLagMs, passLagMs, methodsLagMs, policyLagMs } = state.behaviour;
    if (part === 'policies') return policyLagMs;
    const own = { members: membershipLagMs, passes: passLagMs, methods: methodsLagMs }[part];
    return Math.max(replicationLagMs, own);
  }

  function at<P extends Part>(part: P, lag: number): Snapshot[P] {
    if (lag <= 0) return live[part]();
    const until = now() - lag;
    const versions = past[part] as { at: number; value: Snapshot[P] }[];
    return (versions.findLast((one) => one.at <= until) ?? versions[0])?.value ?? live[part]();
  }

  return {
    changed(part) {
      const versions = past[part] as { at: number; value: unknown }[];
      versions.push({ at: now(), value: copies[part]() });
      const keep = Math.max(PAST, lagOf(part));
      while (versions.length > 2 && (versions[1]?.at ?? 0) < now() - keep) versions.shift();
    },
    seen(reader) {
      const { flicker } = state.behaviour;
      const draw = reader !== undefined && flicker ? luck.draw('replica', reader) : 1;
      const late = REPLICAS[Math.min(Math.floor(draw * REPLICAS.length), REPLICAS.length - 1)] ?? 1;
      const part = <P extends Part>(name: P) => at(name, lagOf(name) * late);
      return {
        get members() {
          return part('members');
        },
        get passes() {
          return part('passes');
        },
        get methods() {
          return part('methods');
        },
        get policies() {
          return part('policies');
        },
      };
    },
  };
}
