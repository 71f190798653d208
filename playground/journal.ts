import type { PlaygroundClock } from './clock.ts';
import type { GraphRecord, ProductRecord, SignInRecord, TeamsRecord, TenantRecord } from './contract.ts';

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
}

export function createJournal(clock: PlaygroundClock): Journal {
  let seq = 0;
  const stamp = () => ({ seq: ++seq, at: clock.now() });
  const journal: Journal = {
    tenant: [],
    graph: [],
    signIns: [],
    teams: [],
    product: [],
    addTenant: (entry) => void journal.tenant.push({ ...stamp(), ...entry } as TenantRecord),
    addGraph: (entry) => void journal.graph.push({ ...stamp(), ...entry } as GraphRecord),
    addSignIn: (entry) => void journal.signIns.push({ ...stamp(), ...entry } as SignInRecord),
    addTeams: (entry) => void journal.teams.push({ ...stamp(), ...entry } as TeamsRecord),
    addProduct: (entry) => void journal.product.push({ ...stamp(), ...entry } as ProductRecord),
  };
  return journal;
}
