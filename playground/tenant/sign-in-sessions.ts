import { randomUUID } from 'node:crypto';
import type { PlaygroundClock } from '../clock';
import type { Device } from '../contract';
import type { Mode } from './conditional-access';
import { passIsOver } from './sign-in-pass';
import type { Session, TenantState, User } from './state';

interface Parts {
  readonly state: TenantState;
  readonly clock: PlaygroundClock;
}

/** What a person has proven in one sign-in. */
export interface Proven {
  readonly with: Session['with'];
  readonly modes: readonly Mode[];
  readonly passId?: string;
}

/** Opens a session. It starts after the last revocation even within the same millisecond. */
export function startSession(
  { state, clock }: Parts,
  user: User,
  device: Device,
  resource: string,
  proven: Proven,
): Session {
  const startedAt = Math.max(clock.now(), user.signInSessionsValidFrom + 1);
  const session: Session = {
    id: randomUUID(),
    userId: user.id,
    device,
    resource,
    with: proven.with,
    ...(proven.passId ? { passId: proven.passId } : {}),
    startedAt,
    strongAt: proven.with === 'password' ? null : startedAt,
  };
  state.sessions.set(session.id, session);
  return session;
}

/**
 * Why a session is void, or null while it holds. What was got with a pass ends when the pass is deleted, replaced or
 * over; everything ends with a revocation. Deleting a passkey ends nothing, as in Entra.
 */
export function whyOver({ state, clock }: Parts, session: Session): string | null {
  const user = state.users.get(session.userId);
  if (!user?.accountEnabled) return 'The account is disabled.';
  if (session.startedAt <= user.signInSessionsValidFrom) return 'Your sessions were revoked. Sign in again.';
  if (session.passId === undefined) return null;
  const pass = state.passes.get(session.userId);
  if (pass?.id !== session.passId || passIsOver(pass, clock.now())) {
    return 'The Temporary Access Pass that you signed in with is no longer valid. Sign in again.';
  }
  return null;
}

/** What a running session still proves. */
export function provenBy({ state }: Parts, session: Session): Proven {
  if (session.with === 'password') {
    const federated = state.behaviour.domain === 'federated';
    return { with: 'password', modes: [federated ? 'federatedSingleFactor' : 'password'] };
  }
  if (session.with === 'passkey') return { with: 'passkey', modes: ['fido2'] };
  const once = state.passes.get(session.userId)?.usableOnce === true;
  return {
    with: 'pass',
    modes: [once ? 'temporaryAccessPassOneTime' : 'temporaryAccessPassMultiUse'],
    ...(session.passId ? { passId: session.passId } : {}),
  };
}
