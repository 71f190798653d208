import type { Behaviour, Device, SignInRecord, TenantRecord } from './contract';

/** Answer of `GET /control/tenant-panel`. Times are epoch ms of the playground's clock; nothing in it is a code. */
export interface TenantPanel {
  readonly now: number;
  readonly group: {
    readonly id: string;
    readonly name: string;
    readonly members: readonly PanelMember[];
  };
  readonly passes: readonly {
    readonly id: string;
    readonly userId: string;
    readonly name: string;
    readonly createdAt: number;
    readonly endsAt: number;
    readonly usableOnce: boolean;
    readonly uses: number;
    readonly over: boolean;
  }[];
  readonly methods: readonly {
    readonly id: string;
    readonly userId: string;
    readonly name: string;
    readonly kind: string;
    readonly label: string;
    readonly createdAt: number;
    readonly passkeyType?: string;
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly userId: string;
    readonly name: string;
    readonly device: Device;
    readonly resource: string;
    readonly with: 'password' | 'pass' | 'passkey';
    readonly startedAt: number;
    /** Why it is void, or null while it holds. */
    readonly over: string | null;
  }[];
  readonly policies: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced';
    readonly aimedAt: string;
    readonly asksFor: string;
    /** The onboarding group is excluded from it. */
    readonly leavesGroupOut: boolean;
  }[];
  /** Newest first. */
  readonly signIns: readonly SignInRecord[];
  /** Newest first. */
  readonly changes: readonly TenantRecord[];
  readonly behaviour: Behaviour;
  /** App roles of the product. */
  readonly roles: readonly string[];
}

/** A member of the onboarding group, which is what an open window looks like from the tenant's side. */
export interface PanelMember {
  readonly id: string;
  readonly name: string;
  /** When she was added; null for somebody who was in it at the start. */
  readonly since: number | null;
  /** `hand`: not by Onboard. */
  readonly by: 'onboard' | 'hand';
  readonly passEnds: number | null;
}

/** Answer of `GET /control/ledger`: what the product's own export says, or why there is none. */
export interface LedgerView {
  readonly lines: readonly unknown[];
  readonly problem: string | null;
}
