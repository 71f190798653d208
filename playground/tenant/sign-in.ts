import type { SignInRecord, Stopped } from '../contract';
import { evaluate, type Facts, type Mode, type Verdict } from './conditional-access';
import type { Seat } from './devices-world';
import { CODES, stopped } from './sign-in-errors';
import { usablePass } from './sign-in-pass';
import type { Resource } from './sign-in-resources';
import { activeRoles, seenGroups } from './sign-in-scope';
import { type Proven, startSession } from './sign-in-sessions';
import type { Session, TenantState, User } from './state';
import { passkeysOf } from './webauthn-register';

export type Outcome =
  | { readonly kind: 'in'; readonly session: Session }
  /** What was proven is not enough, and the person has something that is. */
  | { readonly kind: 'step-up'; readonly way: 'pass' | 'passkey'; readonly stopped: Stopped }
  /** She has nothing that is enough, and a passkey would be: Entra sends her to register one. */
  | { readonly kind: 'must-register' }
  | { readonly kind: 'stopped'; readonly stopped: Stopped };

/**
 * Decides one request for a token and writes it down. Everything that asks for a token comes through here, a running
 * session included; a step inside a page that is open already asks for none and is not judged again.
 */
export function admit(seat: Seat, user: User, resource: Resource, proven: Proven, running?: Session): Outcome {
  const { world } = seat;
  if (!user.accountEnabled) {
    const no = stopped('blocked', CODES.disabled, 'The account is disabled.');
    write(seat, user, resource, running ? 'session' : proven.with, 'failure', no);
    return { kind: 'stopped', stopped: no };
  }
  const verdict = judge(seat, user, resource, proven.modes);
  const by = running ? 'session' : proven.with;
  if (verdict.granted) {
    write(seat, user, resource, by, 'success', null, verdict);
    return { kind: 'in', session: running ?? startSession(world, user, seat.device, resource.key, proven) };
  }
  const symptom = `${proven.with}-refused` as const;
  const grantedWith = (mode: Mode) => judge(seat, user, resource, [...proven.modes, mode]).granted;
  const pass = usablePass(world, user);
  const passMode = pass?.usableOnce ? 'temporaryAccessPassOneTime' : 'temporaryAccessPassMultiUse';
  const way =
    pass && grantedWith(passMode)
      ? 'pass'
      : passkeysOf(world.state, user.id).length > 0 && grantedWith('fido2')
        ? 'passkey'
        : null;
  if (way) {
    const message = `${resource.name} needs a stronger sign-in than this.`;
    const no = stopped(symptom, CODES.strongAuthenticationRequired, message, verdict.decidedBy);
    write(seat, user, resource, by, 'interrupt', no, verdict);
    return { kind: 'step-up', way, stopped: no };
  }
  if (verdict.blocked || !grantedWith('fido2')) {
    const no = outrightRefusal(verdict);
    write(seat, user, resource, by, 'failure', no, verdict);
    return { kind: 'stopped', stopped: no };
  }
  const message = 'You must set up another way to sign in first.';
  write(seat, user, resource, by, 'interrupt', stopped(symptom, CODES.mustRegister, message), verdict);
  return { kind: 'must-register' };
}

/** Which of the published codes a refusal has that no other credential could turn: by what the policy would have wanted. */
export function outrightRefusal({ blocked, wants, decidedBy }: Verdict): Stopped {
  const missing = blocked ? undefined : REFUSALS.find(([control]) => wants.includes(control));
  const [, code, message] = missing ?? ['', CODES.blocked, NO_PERMISSION];
  return stopped('blocked', code, message, decidedBy);
}

const NO_PERMISSION = 'Your sign-in was successful, but you do not have permission to go there.';
const REFUSALS: readonly (readonly [control: string, code: number, message: string])[] = [
  ['compliantDevice', CODES.deviceNotCompliant, 'You cannot get there from here: this device must be managed.'],
  ['domainJoinedDevice', CODES.deviceNotJoined, 'You cannot get there from here: this device must be joined.'],
  ['approvedApplication', CODES.appNotApproved, 'You cannot get there from here: this app is not approved.'],
  ['compliantApplication', CODES.appNotProtected, 'You cannot get there from here: this app must be protected.'],
  ['passwordChange', CODES.unpublished, 'Your account is at risk. Ask your administrator to unblock it.'],
];

/** Asks all policies of the tenant about one request for a token. Changes nothing and writes nothing down. */
export function judge(seat: Seat, user: User, resource: Resource, modes: readonly Mode[]): Verdict {
  const { world } = seat;
  const facts: Facts = {
    userId: user.id,
    guest: user.userType === 'Guest',
    groups: seenGroups(world, user),
    roles: activeRoles(world, user),
    appId: resource.appId,
    appGroups: resource.appGroups,
    registers: resource.registers,
    platform: seat.platform,
    client:
      seat.device === 'phone' && resource.key !== 'security-info' && resource.key !== 'portal'
        ? 'mobileAppsAndDesktopClients'
        : 'browser',
    modes: new Set(modes),
    ...seat.place,
    locations: trustedLocations(world.state),
    signInRisk: user.signInRisk ?? 'none',
    userRisk: user.userRisk ?? 'none',
  };
  const { policies, strengths } = world.changes.seen().policies;
  return evaluate(policies, strengths, facts);
}

/** A device on a trusted network is at every location that is trusted: one is not told from another. */
function trustedLocations({ namedLocations }: TenantState): ReadonlySet<string> {
  return new Set(
    namedLocations.filter(({ isTrusted }) => isTrusted === true).map(({ id }) => String(id).toLowerCase()),
  );
}

/** Writes an attempt into the sign-in log, with what each policy said where policies were asked. */
export function write(
  seat: Seat,
  user: User,
  resource: Resource,
  by: SignInRecord['with'],
  result: SignInRecord['result'],
  no: Stopped | null,
  verdict?: Verdict,
): void {
  seat.world.journal.addSignIn({
    userId: user.id,
    device: seat.device,
    resource: resource.key,
    with: by,
    result,
    errorCode: no?.errorCode ?? 0,
    message: no?.message ?? '',
    policies: verdict?.results ?? [],
    ...(verdict?.decidedBy ? { decidedBy: verdict.decidedBy.id } : {}),
  });
}
