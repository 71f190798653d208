import type { PlaygroundClock } from './clock';
import type { GraphRecord, ProductRecord, SignInRecord, TeamsRecord, TenantRecord } from './contract';

/** Leaves out the fields that the journal fills in, for each member of a union alone. */
type Entry<T> = T extends unknown ? Omit<T, 'seq' | 'at'> : never;

/**
 * What happened, in one order for the tenant and for Teams. Append-only; nothing in it is ever a pass's code, except
 * what Teams itself was given to show (an invoke's answer), which is what the hunt for passes looks at.
 */
export interface Journal {
  readonly tenant: TenantRecord[];
  readonly graph: GraphRecord[];
  readonly signIns: SignInRecord[];
  readonly teams: TeamsRecord[];
  readonly product: ProductRecord[];
  addTenant(entry: Entry<TenantRecord>): void;
  addGraph(entry: Entry<GraphRecord>): void;
  addSignIn(entry: Entry<SignInRecord>): void;
  addTeams(entry: Entry<TeamsRecord>): void;
  addProduct(entry: Entry<ProductRecord>): void;
  /** Number of the newest entry, 0 when there is none. */
  last(): number;
  /** Calls back after every entry, until the returned function is called. */
  watch(listener: () => void): () => void;
}

export function createJournal(clock: PlaygroundClock): Journal {
  let seq = 0;
  const listeners = new Set<() => void>();
  const stamp = () => ({ seq: ++seq, at: clock.now() });
  function add<T>(list: T[], entry: T): void {
    list.push(entry);
    for (const listener of listeners) listener();
  }
  const journal: Journal = {
    tenant: [],
    graph: [],
    signIns: [],
    teams: [],
    product: [],
    addTenant: (entry) => add(journal.tenant, { ...stamp(), ...entry } as TenantRecord),
    addGraph: (entry) => add(journal.graph, { ...stamp(), ...entry } as GraphRecord),
    addSignIn: (entry) => add(journal.signIns, { ...stamp(), ...entry } as SignInRecord),
    addTeams: (entry) => add(journal.teams, { ...stamp(), ...entry } as TeamsRecord),
    addProduct: (entry) => add(journal.product, { ...stamp(), ...entry } as ProductRecord),
    last: () => seq,
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return journal;
}
