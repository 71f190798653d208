import type { Lane } from '../bot/workflow/tenant';

/**
 * What Graph limits for itself. `directory`, `methods` and `policies` draw on one documented allowance, but one of them
 * may be told to pause while the others go on.
 */
export type Service = 'directory' | 'methods' | 'policies' | 'conditionalAccess' | 'auditLog' | 'teams';

export const ALLOWANCES = ['units', 'writes', 'conditionalAccess', 'auditLog'] as const;
export type Allowance = (typeof ALLOWANCES)[number];

/** What a call takes: of which service, and how many of its units ("Throttling and batching": cost by operation). */
export interface Cost {
  readonly service: Service;
  readonly units: number;
}

interface Documented {
  readonly most: number;
  /** ms */
  readonly within: number;
  /** Where a share of `most` is hardly one: so many may come together, and the time grows with them. */
  readonly together?: number;
  /** Where one lane asks alone, and a share of `most` is hardly one: it may have so many, whatever the share. */
  readonly least?: number;
}

/**
 * "Microsoft Graph service-specific throttling limits": identity and access, for an application in the smallest kind of
 * tenant (3,500 units in 10 s, 3,000 writes in 150 s); Conditional Access, for a tenant and all its applications; audit
 * and sign-in reports. Authentication methods have no figure of their own, and are counted with the directory.
 */
const DOCUMENTED: Readonly<Record<Allowance, Documented>> = {
  units: { most: 3_500, within: 10_000 },
  writes: { most: 3_000, within: 150_000 },
  // Never two at the same moment: what is read is kept for a minute, and a second try comes a second later.
  conditionalAccess: { most: 1, within: 1_000, together: 3 },
  // The reader asks once in 10 s, and what it asks for may have a second page.
  auditLog: { most: 5, within: 10_000, least: 2 },
};

/**
 * How much of our share of an allowance may be gone for a lane to be let through: what is above is kept for those before
 * it. Exits keep to no share but to what is documented: whatever else was asked for, somebody has to leave the group.
 */
const SHARE: Readonly<Record<Exclude<Lane, 'exit'>, number>> = { click: 0.9, watch: 0.7, later: 0.5, spare: 0.35 };

/** Before whom a lane goes. */
export const LANES: readonly Lane[] = ['exit', 'click', 'watch', 'later', 'spare'];

export interface Limit {
  readonly most: number;
  /** For exits. */
  readonly whole: number;
  /** What every lane may have. */
  readonly least: number;
  /** ms */
  readonly within: number;
}

/** The limits that we keep to: `percent` of the documented ones, in any stretch of `within` ms; all of them for exits. */
export function limitsOf(percent: number): Readonly<Record<Allowance, Limit>> {
  const of = (allowance: Allowance): Limit => {
    const { most: whole, within, together = 0, least = 1 } = DOCUMENTED[allowance];
    const share = (whole * percent) / 100;
    if (share >= together) return { most: Math.max(Math.floor(share), least), whole, least, within };
    return { most: together, whole: Math.max(whole, together), least, within: Math.ceil((together * within) / share) };
  };
  return {
    units: of('units'),
    writes: of('writes'),
    conditionalAccess: of('conditionalAccess'),
    auditLog: of('auditLog'),
  };
}

/** What this lane may bring the use up to; never less than one call. */
export function ceilingOf(lane: Lane, { most, whole, least }: Limit): number {
  return lane === 'exit' ? whole : Math.max(Math.floor(most * SHARE[lane]), least);
}

/** What a call takes of which allowance. */
export function chargesOf({ service, units }: Cost, writes: boolean): ReadonlyMap<Allowance, number> {
  const charges = new Map<Allowance, number>();
  if (service === 'teams') return charges;
  if (service === 'conditionalAccess' || service === 'auditLog') charges.set(service, 1);
  else charges.set('units', units);
  if (writes) charges.set('writes', 1);
  return charges;
}
