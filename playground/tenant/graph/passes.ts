import { randomInt, randomUUID } from 'node:crypto';
import { groupsOf } from '../membership';
import type { PassMethod, User } from '../state';
import { badMethodRequest, noSuchMethod } from './errors';
import { ACCEPTS } from './permissions';
import { type GraphRoute, type Parts, parameter } from './route';
import { ticks } from './shapes';
import { userOf } from './users';

/** Real codes hold symbols that Markdown, HTML and URLs would eat; so do these. */
const CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789+&=*_~#%!';

/** Clocks differ a little; a start further back than this is refused. */
const START_TOLERANCE = 5 * 60_000;

const PASSES = '/users/(?<user>[^/]+)/authentication/temporaryAccessPassMethods';

/** When a pass stops to work, epoch ms. */
export function passEnd(pass: PassMethod): number {
  return pass.startsAt + pass.lifetimeMinutes * 60_000;
}

export function passRoutes(parts: Parts): GraphRoute[] {
  const { state, changes, clock, minted } = parts;
  const policy = () => changes.seen().policies.authenticationMethodsPolicy.temporaryAccessPass;

  /** The policy as it applies to a person; late like the membership it depends on. */
  function inScope(user: User): boolean {
    const groups = groupsOf(state, user.id, changes.seen().members).add('all_users');
    return (
      policy().state === 'enabled' &&
      policy().includeTargets.some((target) => groups.has(target.id)) &&
      !policy().excludeTargets.some((target) => groups.has(target.id))
    );
  }

  function usability(user: User, pass: PassMethod): string {
    if (!inScope(user) || (policy().isUsableOnce && !pass.usableOnce)) return 'DisabledByPolicy';
    if (clock.now() >= passEnd(pass)) return 'Expired';
    if (clock.now() < pass.startsAt) return 'NotYetValid';
    if (pass.usableOnce && pass.uses > 0) return 'OneTimeUsed';
    return 'EnabledByPolicy';
  }

  function passRow(user: User, pass: PassMethod, code: string | null): Record<string, unknown> {
    const reason = usability(user, pass);
    return {
      '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
      id: pass.id,
      temporaryAccessPass: code,
      createdDateTime: ticks(pass.createdAt),
      startDateTime: ticks(pass.startsAt),
      lifetimeInMinutes: pass.lifetimeMinutes,
      isUsableOnce: pass.usableOnce,
      isUsable: reason === 'EnabledByPolicy',
      methodUsabilityReason: reason,
    };
  }

  function readOrder(body: unknown): { lifetimeMinutes: number; usableOnce: boolean; startsAt: number } {
    const order = (body ?? {}) as Record<string, unknown>;
    const lifetimeMinutes = order.lifetimeInMinutes ?? policy().defaultLifetimeInMinutes;
    const { minimumLifetimeInMinutes: min, maximumLifetimeInMinutes: max } = policy();
    if (!Number.isInteger(lifetimeMinutes) || Number(lifetimeMinutes) < min || Number(lifetimeMinutes) > max) {
      throw badMethodRequest(`Invalid LifetimeInMinutes specified. The valid range between ${min} and ${max}.`);
    }
    const startsAt = order.startDateTime === undefined ? clock.now() : Date.parse(String(order.startDateTime));
    if (Number.isNaN(startsAt) || startsAt < clock.now() - START_TOLERANCE) {
      throw badMethodRequest('Invalid StartDateTime specified.');
    }
    // What a policy that forces one-time passes answers to a multi-use order is documented for the sign-in only
    // ("blocked due to User Credential Policy"): the pass is made and cannot be used.
    return { lifetimeMinutes: Number(lifetimeMinutes), usableOnce: Boolean(order.isUsableOnce), startsAt };
  }

  return [
    {
      method: 'GET',
      pattern: new RegExp(`^${PASSES}$`, 'i'),
      accepts: ACCEPTS.readPasses,
      service: 'methods',
      handle(call) {
        const user = userOf(state, call);
        const pass = changes.seen(call.path).passes.get(user.id);
        return {
          status: 200,
          body: {
            '@odata.context': `${call.base}/$metadata#users('${user.id}')/authentication/temporaryAccessPassMethods`,
            value: pass ? [passRow(user, pass, null)] : [],
          },
        };
      },
    },
    {
      method: 'GET',
      pattern: new RegExp(`^${PASSES}/(?<pass>[^/]+)$`, 'i'),
      accepts: ACCEPTS.readPasses,
      service: 'methods',
      handle(call) {
        const user = userOf(state, call);
        const pass = changes.seen(call.path).passes.get(user.id);
        if (pass?.id !== parameter(call, 'pass')) throw noSuchMethod();
        return { status: 200, body: passRow(user, pass, null) };
      },
    },
    {
      method: 'POST',
      pattern: new RegExp(`^${PASSES}$`, 'i'),
      accepts: ACCEPTS.writePasses,
      service: 'methods',
      writes: true,
      handle(call) {
        const user = userOf(state, call);
        if (user.identities.some((identity) => identity.signInType === 'federated')) {
          throw badMethodRequest('Temporary Access Pass cannot be added to an external guest user.');
        }
        if (!inScope(user)) {
          throw badMethodRequest(
            'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].',
          );
        }
        const code = Array.from({ length: policy().defaultLength }, () =>
          CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length)),
        ).join('');
        const order = readOrder(call.body);
        const standing = state.passes.get(user.id);
        if (state.behaviour.secondPass === 'refused' && standing && clock.now() < passEnd(standing)) {
          // Some tenants are told of that do so; the words are not published.
          throw badMethodRequest('A Temporary Access Pass already exists for this user.');
        }
        const pass: PassMethod = { id: randomUUID(), userId: user.id, code, createdAt: clock.now(), uses: 0, ...order };
        changes.createPass(call.actor, pass);
        minted.push({ userId: user.id, id: pass.id, code });
        return {
          status: 201,
          body: {
            '@odata.context': `${call.base}/$metadata#users('${user.id}')/authentication/temporaryAccessPassMethods/$entity`,
            ...passRow(user, pass, code),
          },
        };
      },
    },
    {
      method: 'DELETE',
      pattern: new RegExp(`^${PASSES}/(?<pass>[^/]+)$`, 'i'),
      accepts: ACCEPTS.writePasses,
      service: 'methods',
      writes: true,
      handle(call) {
        const user = userOf(state, call);
        if (state.passes.get(user.id)?.id !== parameter(call, 'pass')) throw noSuchMethod();
        changes.deletePass(call.actor, user.id);
        return { status: 204 };
      },
    },
  ];
}
