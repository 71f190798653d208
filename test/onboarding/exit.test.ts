import { methodsLooked } from '../../bot/onboarding/added';
import { approve } from '../../bot/onboarding/approval';
import { exitLooked, startExit, stop } from '../../bot/onboarding/exit';
import { hasOpenWindow, type Onboarding } from '../../bot/onboarding/onboarding';
import { doneSaid, looked } from '../../bot/onboarding/watch';
import {
  baselineTaken,
  handedOver,
  MINT_LEASE,
  mayShowPass,
  minted,
  opened,
  startMint,
  startOpening,
} from '../../bot/onboarding/window';
import { approvalFacts, both, HOUR, jane, MINUTE, mo, next, passkey, policy, refusal, requested, T0 } from './people';

const at = T0 + HOUR;
const old = passkey('old', { passkeyType: 'synced' });

function open(): Onboarding {
  const approved = next(approve(requested(), approvalFacts(mo), both, policy, at));
  const opening = next(startOpening(approved, policy, at));
  return next(opened(next(baselineTaken(opening, { takenAt: at, methods: [old] }, at)), at));
}

describe('the watch', () => {
  it('takes a new acceptable passkey as proof and starts the exit in the same commit', () => {
    const seen = next(looked(open(), [old, passkey('new')], [], policy, at + MINUTE));
    expect(seen).toMatchObject({
      state: 'closing',
      passkey: { id: 'new' },
      exit: { outcome: 'completed', settleAt: at + MINUTE + policy.settle },
    });
  });
  it('is never moved by a passkey of the baseline, whatever its date says', () => {
    expect(
      refusal(looked(open(), [{ ...old, passkeyType: 'deviceBound', createdAt: at + HOUR }], [], policy, at + MINUTE)),
    ).toBe('stale-card');
  });
  it('tells about a wrong kind once and stays open', () => {
    const wrong = passkey('icloud', { passkeyType: 'synced' });
    const told = next(looked(open(), [wrong], [], policy, at + MINUTE));
    expect(told).toMatchObject({ state: 'open', wrongKind: { id: 'icloud' } });
    expect(refusal(looked(told, [wrong], [], policy, at + 2 * MINUTE))).toBe('stale-card');
  });
  it('accepts only the listed models where models are listed', () => {
    const listed = {
      ...policy,
      accepted: { aaGuids: ['de1e552d-db1d-4423-a619-566b625cdc84'], types: ['deviceBound'] as const },
    };
    expect(next(looked(open(), [passkey('ios')], [], listed, at)).state).toBe('open');
    expect(
      next(looked(open(), [passkey('android', { aaGuid: 'DE1E552D-DB1D-4423-A619-566B625CDC84' })], [], listed, at))
        .state,
    ).toBe('closing');
  });
  it('takes Authenticator push as progress, never as completion', () => {
    const push = next(looked(open(), [], [{ id: 'push', kind: 'authenticator' }], policy, at));
    expect(push).toMatchObject({ state: 'open', authenticatorSeenAt: at });
  });
});

describe('passes', () => {
  it('are numbered, limited, and never move the deadline', () => {
    let onboarding = open();
    const { deadline } = onboarding;
    for (let number = 1; number <= 3; number++) {
      onboarding = next(
        minted(next(startMint(onboarding, at)), { number, id: `tap-${number}`, validUntil: at + HOUR }, at),
      );
      expect(onboarding.pass?.number).toBe(number);
    }
    expect(onboarding.deadline).toBe(deadline);
    expect(mayShowPass(onboarding, approvalFacts(mo), policy, at)).toEqual({
      refusal: { code: 'passes-used-up', max: 3 },
    });
  });
  it('are not minted two at a time', () => {
    const minting = next(startMint(open(), at));
    expect(mayShowPass(minting, approvalFacts(mo), policy, at + 1)).toEqual({ refusal: { code: 'getting-ready' } });
    expect(mayShowPass(minting, approvalFacts(mo), policy, at + MINT_LEASE)).toEqual({ step: 'mint' });
  });
  it('are not made in the last minutes', () => {
    expect(mayShowPass(open(), approvalFacts(mo), policy, at + policy.windowLength - policy.lastPassMargin)).toEqual({
      refusal: { code: 'too-late-for-a-pass' },
    });
  });
  it('that were made while the window ended are not kept', () => {
    const stopped = next(stop(next(startMint(open(), at)), { person: mo.id }, policy, at));
    expect(refusal(minted(stopped, { number: 1, id: 'tap', validUntil: at }, at))).toBe('stale-card');
  });
  it('leave the approval card alone until they are handed over', () => {
    const decision = minted(next(startMint(open(), at)), { number: 1, id: 'tap', validUntil: at }, at);
    if (!decision.ok) throw new Error('refused');
    expect(decision.change.tell).not.toContainEqual({ live: 'approval', to: { person: mo.id } });
    const over = handedOver(next(decision), mo.id, at);
    if (!over.ok) throw new Error('refused');
    expect(over.change.tell).toContainEqual({ live: 'approval', to: { person: mo.id } });
  });
});

describe('an exit', () => {
  const closing = (outcome: 'completed' | 'stopped' = 'stopped') =>
    next(startExit(open(), outcome, 'onboard', policy, at));
  const removal = (tenantTime: number) => ({ tenantTime, result: 'removed' as const });
  const all = { removal: removal(1_000_000), absent: true, noPass: true, validFrom: 1_001_000 };
  const read = { kinds: ['passkey' as const], methods: [old] };
  const methodsRead = (onboarding: Onboarding) => next(methodsLooked(onboarding, read, policy, at));

  it('closes only when every part was read', () => {
    expect(next(exitLooked(closing(), all, at)).state).toBe('closing');
    expect(next(exitLooked(methodsRead(closing()), all, at))).toMatchObject({ state: 'closed', outcome: 'stopped' });
    expect(methodsRead(next(exitLooked(closing(), all, at)))).toMatchObject({ state: 'closed', outcome: 'stopped' });
    for (const part of ['absent', 'noPass', 'validFrom'] as const) {
      const { [part]: _, ...rest } = all;
      expect(next(exitLooked(methodsRead(closing()), rest, at)).state).toBe('closing');
    }
  });
  it('does not take a revocation in the second of the removal for a later one', () => {
    expect(next(exitLooked(closing(), { ...all, validFrom: 1_000_900 }, at)).exit?.sessionsRevokedAt).toBeUndefined();
  });
  it('does not believe "no pass" while a mint may still be under way', () => {
    const minting = methodsRead(next(stop(next(startMint(open(), at)), { person: mo.id }, policy, at)));
    expect(next(exitLooked(minting, all, at + 1)).state).toBe('closing');
    const later = next(exitLooked(next(exitLooked(minting, all, at + 1)), { noPass: true }, at + MINT_LEASE + 1));
    expect(later.state).toBe('closed');
  });
  it('gathers its parts over many rounds; the removal that counts is the last one before she was absent', () => {
    const first = next(exitLooked(closing(), { removal: removal(1_000_000) }, at));
    expect(hasOpenWindow(first)).toBe(true);
    const early = next(exitLooked(first, { removal: removal(1_500_000), validFrom: 1_200_000 }, at));
    expect(early.exit?.sessionsRevokedAt).toBeUndefined();
    const second = next(exitLooked(early, { removal: removal(2_000_000), absent: true, validFrom: 1_600_000 }, at + 1));
    expect(hasOpenWindow(second)).toBe(false);
    expect(second.exit?.removedTenantTime).toBe(2_000_000);
    expect(second.exit?.sessionsRevokedAt).toBeUndefined();
    const late = next(exitLooked(second, { removal: removal(9_000_000), validFrom: 2_001_000 }, at + 2));
    expect(late.exit).toMatchObject({ removedTenantTime: 2_000_000, sessionsRevokedAt: at + 2 });
  });
  it('counts no revocation while she is still seen in the group, however late it is', () => {
    const seen = next(exitLooked(closing(), { removal: removal(1_000_000), absent: false, validFrom: 1_200_000 }, at));
    expect(seen.exit?.sessionsRevokedAt).toBeUndefined();
  });
  it('does not take the absence from a group for proof before anything was asked to be removed', () => {
    expect(refusal(exitLooked(closing(), { absent: true }, at))).toBe('stale-card');
  });
  it('believes that a pass which was shown is gone when it was deleted, or after it must be known everywhere', () => {
    const shown = next(minted(next(startMint(open(), at)), { number: 1, id: 'tap', validUntil: at + HOUR }, at));
    const stopped = methodsRead(next(stop(shown, { person: mo.id }, policy, at)));
    const { noPass: _, ...others } = all;
    const rest = next(exitLooked(stopped, others, at));
    expect(refusal(exitLooked(rest, { noPass: true }, at + 1_000))).toBe('stale-card');
    expect(refusal(exitLooked(rest, { noPass: true }, at + 5 * MINUTE))).toBe('stale-card');
    expect(next(exitLooked(rest, { noPass: true }, at + 5 * MINUTE + 1)).state).toBe('closed');
    expect(next(exitLooked(rest, { noPass: true, deletedPasses: ['tap'] }, at + 1_000)).state).toBe('closed');
    const other = next(exitLooked(rest, { noPass: true, deletedPasses: ['by-hand'] }, at + 1_000));
    expect(other.state).toBe('closing');
    const listed = next(exitLooked(rest, { noPass: false, deletedPasses: ['tap'] }, at + 1_000));
    expect(listed.state).toBe('closing');
    expect(next(exitLooked(listed, { noPass: true }, at + 2_000)).state).toBe('closed');
  });
  it('of an account that is gone has nothing more to wait for, and is no completion', () => {
    const seen = next(looked(open(), [passkey('new')], [], policy, at + MINUTE));
    expect(next(exitLooked(seen, { subjectGone: true }, at + MINUTE))).toMatchObject({
      state: 'closed',
      outcome: 'stopped',
      findings: ['subject-gone'],
    });
  });
  it('of a completion settles although she said "done" before there was anything', () => {
    const early = next(doneSaid(open(), jane.id, at));
    const seen = next(looked(early, [passkey('new')], [], policy, at + MINUTE));
    expect(seen.exit?.settleAt).toBe(at + MINUTE + policy.settle);
  });
  it('says nothing new when nothing was read', () => {
    expect(refusal(exitLooked(closing(), {}, at))).toBe('stale-card');
  });
  it('of a completion settles when she says she is done, never after the deadline', () => {
    const seen = next(looked(open(), [passkey('new')], [], policy, at + MINUTE));
    expect(next(doneSaid(seen, jane.id, at + 2 * MINUTE)).exit?.settleAt).toBe(at + 2 * MINUTE);
    expect(refusal(doneSaid(seen, mo.id, at))).toBe('not-yours');
    const late = next(looked(open(), [passkey('new')], [], policy, at + policy.windowLength - 1));
    expect(late.exit?.settleAt).toBe(at + policy.windowLength);
  });
  it('that is stopped after the passkey was seen is not called a completion', () => {
    const seen = next(looked(open(), [passkey('new')], [], policy, at + MINUTE));
    expect(next(stop(seen, { person: mo.id }, policy, at + MINUTE)).exit).toMatchObject({
      outcome: 'stopped',
      settleAt: at + MINUTE,
    });
  });
  it('before any window is a cancellation', () => {
    expect(next(stop(requested(), { operator: 'root' }, policy, at))).toMatchObject({
      state: 'closed',
      outcome: 'cancelled',
      closedBy: 'operator',
    });
  });
});
