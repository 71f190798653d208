import type { Key, Route } from './strings/strings';

/** Where she is when it happens: the first question. In the order in which they are offered. */
export const stuckPlaces = ['code', 'blocked', 'phone', 'list', 'computer', 'later'] as const;
export type StuckPlace = (typeof stuckPlaces)[number];

/**
 * What ends it: `fix` she does what is said and goes on; `look` Onboard looks for the passkey now; `pass` the button for a
 * code is put back before whoever approved; `helpdesk` nobody but a person can help.
 */
export type StuckEnd = 'fix' | 'look' | 'pass' | 'helpdesk';

/** One thing that people see when it does not go on. */
export interface StuckRow {
  /** Stable: it is in stored messages and in the ledger. */
  readonly id: string;
  readonly place: StuckPlace;
  /** The ways on which it can be met. Left out: on every way. */
  readonly routes?: readonly Route[];
  /** What she sees, to choose from. */
  readonly see: Key;
  /** What helps, one thing to do a line. */
  readonly fix: readonly Key[];
  /** The button that is offered first. A person at the helpdesk can be called in every case. */
  readonly end: StuckEnd;
}

const phones = ['iphone', 'android', 'computer'] as const satisfies readonly Route[];
const browsers = ['computer', 'key', 'windows', 'synced'] as const satisfies readonly Route[];

/** Everything that is known to go wrong, as the person sees it. The guide page shows the same rows with the same words. */
export const stuckRows = [
  {
    id: 'no-code-page',
    place: 'code',
    see: 'stuck.see.no-code-page',
    fix: ['stuck.fix.no-code-page.1', 'stuck.fix.no-code-page.2'],
    end: 'pass',
  },
  {
    id: 'code-refused',
    place: 'code',
    see: 'stuck.see.code-refused',
    fix: ['stuck.fix.code-refused.1', 'stuck.fix.code-refused.2'],
    end: 'pass',
  },
  {
    id: 'code-policy',
    place: 'code',
    see: 'stuck.see.code-policy',
    fix: ['stuck.fix.code-policy.1'],
    end: 'helpdesk',
  },
  {
    id: 'asked-again',
    place: 'code',
    see: 'stuck.see.asked-again',
    fix: ['stuck.fix.asked-again.1'],
    end: 'fix',
  },
  {
    id: 'old-passkey',
    place: 'code',
    see: 'stuck.see.old-passkey',
    fix: ['stuck.fix.old-passkey.1', 'stuck.fix.old-passkey.2'],
    end: 'helpdesk',
  },
  {
    id: 'wrong-account',
    place: 'code',
    see: 'stuck.see.wrong-account',
    fix: ['stuck.fix.wrong-account.1', 'stuck.fix.wrong-account.2'],
    end: 'fix',
  },
  {
    id: 'loop',
    place: 'blocked',
    see: 'stuck.see.loop',
    fix: ['stuck.fix.loop.1', 'stuck.fix.loop.2'],
    end: 'look',
  },
  {
    id: 'dead-end',
    place: 'blocked',
    see: 'stuck.see.dead-end',
    fix: ['stuck.fix.dead-end.1', 'stuck.fix.dead-end.2'],
    end: 'look',
  },
  {
    id: 'not-from-here',
    place: 'blocked',
    see: 'stuck.see.not-from-here',
    fix: ['stuck.fix.not-from-here.1', 'stuck.fix.not-from-here.2'],
    end: 'helpdesk',
  },
  {
    id: 'risk',
    place: 'blocked',
    see: 'stuck.see.risk',
    fix: ['stuck.fix.risk.1'],
    end: 'helpdesk',
  },
  {
    id: 'guest',
    place: 'blocked',
    see: 'stuck.see.guest',
    fix: ['stuck.fix.guest.1'],
    end: 'helpdesk',
  },
  {
    id: 'wrong-place',
    place: 'phone',
    routes: phones,
    see: 'stuck.see.wrong-place',
    fix: ['stuck.fix.wrong-place.1', 'stuck.fix.wrong-place.2', 'stuck.fix.wrong-place.3'],
    end: 'look',
  },
  {
    id: 'exists',
    place: 'phone',
    see: 'stuck.see.exists',
    fix: ['stuck.fix.exists.1', 'stuck.fix.exists.2'],
    end: 'fix',
  },
  {
    id: 'provider',
    place: 'phone',
    routes: phones,
    see: 'stuck.see.provider',
    fix: ['stuck.fix.provider.1', 'stuck.fix.provider.2', 'stuck.fix.provider.3'],
    end: 'fix',
  },
  {
    id: 'attestation',
    place: 'phone',
    routes: phones,
    see: 'stuck.see.attestation',
    fix: ['stuck.fix.attestation.1', 'stuck.fix.attestation.2'],
    end: 'look',
  },
  {
    id: 'device-limit',
    place: 'phone',
    routes: phones,
    see: 'stuck.see.device-limit',
    fix: ['stuck.fix.device-limit.1'],
    end: 'helpdesk',
  },
  {
    id: 'not-listed',
    place: 'list',
    routes: browsers,
    see: 'stuck.see.not-listed',
    fix: ['stuck.fix.not-listed.1', 'stuck.fix.not-listed.2'],
    end: 'helpdesk',
  },
  {
    id: 'not-added',
    place: 'list',
    see: 'stuck.see.not-added',
    fix: ['stuck.fix.not-added.1', 'stuck.fix.not-added.2'],
    end: 'helpdesk',
  },
  {
    id: 'also-phone',
    place: 'list',
    see: 'stuck.see.also-phone',
    fix: ['stuck.fix.also-phone.1', 'stuck.fix.also-phone.2'],
    end: 'look',
  },
  {
    id: 'phone-only',
    place: 'computer',
    routes: ['computer'],
    see: 'stuck.see.phone-only',
    fix: ['stuck.fix.phone-only.1', 'stuck.fix.phone-only.2'],
    end: 'look',
  },
  {
    id: 'session-expired',
    place: 'computer',
    routes: browsers,
    see: 'stuck.see.session-expired',
    fix: ['stuck.fix.session-expired.1', 'stuck.fix.session-expired.2'],
    end: 'fix',
  },
  {
    id: 'square',
    place: 'computer',
    routes: ['computer', 'synced'],
    see: 'stuck.see.square',
    fix: ['stuck.fix.square.1', 'stuck.fix.square.2', 'stuck.fix.square.3'],
    end: 'fix',
  },
  {
    id: 'orphan',
    place: 'later',
    see: 'stuck.see.orphan',
    fix: ['stuck.fix.orphan.1', 'stuck.fix.orphan.2'],
    end: 'look',
  },
  {
    id: 'nudged',
    place: 'later',
    see: 'stuck.see.nudged',
    fix: ['stuck.fix.nudged.1'],
    end: 'fix',
  },
] as const satisfies readonly StuckRow[];

export type StuckId = (typeof stuckRows)[number]['id'];

/** The row with that id; `undefined` for anything else, as from a card of another version. */
export function stuckRow(id: string | undefined): StuckRow | undefined {
  return stuckRows.find((row) => row.id === id);
}

/** What can be seen at a place on a way; without a way, everything that can be seen there. */
export function stuckRowsAt(place: StuckPlace, route?: Route): readonly StuckRow[] {
  return stuckRows.filter(
    (row: StuckRow) => row.place === place && (route === undefined || (row.routes?.includes(route) ?? true)),
  );
}
