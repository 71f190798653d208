import fc from 'fast-check';
import { methodsLooked } from '../../bot/onboarding/added';
import { aftercareLooked } from '../../bot/onboarding/aftercare';
import { approve, decline, expire, secondApprove } from '../../bot/onboarding/approval';
import type { Decision } from '../../bot/onboarding/decision';
import { exitLooked, freeze, startExit, stop } from '../../bot/onboarding/exit';
import { confirmHandled } from '../../bot/onboarding/handling';
import { hasOpenWindow, type Onboarding } from '../../bot/onboarding/onboarding';
import { escalate, remind, remindSubject, startReached } from '../../bot/onboarding/reminders';
import { doneSaid, looked } from '../../bot/onboarding/watch';
import {
  baselineTaken,
  handedOver,
  mayShowPass,
  minted,
  mintFailed,
  mintSettled,
  opened,
  startMint,
  startOpening,
} from '../../bot/onboarding/window';
import {
  approvalFacts,
  both,
  jane,
  kim,
  lee,
  MINUTE,
  mallory,
  mo,
  passkey,
  privilegedPolicy,
  priya,
  requested,
  subjectFacts,
  T0,
} from './people';

/**
 * Random events in random order, each tried whether it fits or not. The model on the side knows the promises and not the
 * code: it looks at what the accepted decisions left behind.
 */
const rules = privilegedPolicy;
const people = { mo, lee, kim, priya, jane, mallory };
type Who = keyof typeof people;

const who = fc.constantFrom<Who[]>('mo', 'lee', 'kim', 'priya', 'jane', 'mallory');
const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('forward' as const) }) },
  fc.record({ do: fc.constant('approve' as const), by: who, ticks: fc.boolean(), exempt: fc.boolean() }),
  fc.record({ do: fc.constant('second' as const), by: who, exempt: fc.boolean() }),
  fc.record({ do: fc.constant('decline' as const), by: who }),
  fc.record({ do: fc.constant('show' as const), by: who, exempt: fc.boolean() }),
  fc.record({
    do: fc.constantFrom(
      'expire',
      'baseline',
      'opened',
      'minted',
      'mint-failed',
      'mint-lost',
      'handed',
      'done',
      'nothing-new',
      'passkey',
      'wrong',
      'stop',
      'deadline',
      'wait-for-people',
      'remind-subject',
      'freeze',
      'aftercare',
      'handled',
    ),
  }),
  fc.record({ do: fc.constant('methods' as const), proof: fc.boolean(), extra: fc.boolean() }),
  fc.record({
    do: fc.constant('exit' as const),
    removed: fc.boolean(),
    absent: fc.boolean(),
    noPass: fc.boolean(),
    later: fc.boolean(),
  }),
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;
const run = fc.array(
  fc.record({
    event,
    wait: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 9 * MINUTE }) }, fc.constant(25 * 60 * MINUTE)),
  }),
  {
    minLength: 1,
    maxLength: 40,
  },
);

function apply(onboarding: Onboarding, step: Event, now: number, privileged: boolean): Decision | null {
  const subject = subjectFacts(jane, privileged ? { privilege: 'privileged', guard: { proven: true } } : {});
  const facts = (by: Who, exempt = false) => approvalFacts(people[by], { exempt, subject });
  switch (step.do) {
    case 'approve':
      return approve(
        onboarding,
        facts(step.by, step.exempt),
        step.ticks ? both : { ...both, spokeToday: false },
        rules,
        now,
      );
    case 'second':
      return secondApprove(onboarding, facts(step.by, step.exempt), rules, now);
    case 'decline':
      return decline(onboarding, facts(step.by), '', rules, now);
    case 'show': {
      const may = mayShowPass(onboarding, facts(step.by, step.exempt), rules, now);
      if ('refusal' in may) return null;
      return may.step === 'open' ? startOpening(onboarding, rules, now) : startMint(onboarding, now);
    }
    case 'expire':
      return expire(onboarding, rules, now);
    case 'baseline':
      return baselineTaken(onboarding, { takenAt: now, methods: [passkey('old')] }, now);
    case 'opened':
      return onboarding.baseline ? opened(onboarding, now) : null;
    case 'minted':
      return onboarding.mintingUntil
        ? minted(
            onboarding,
            { number: onboarding.passesStarted, id: `tap-${onboarding.passesStarted}`, validUntil: now + MINUTE },
            now,
          )
        : null;
    case 'mint-lost':
      return mintSettled(onboarding, onboarding.mintingUntil, true, now);
    case 'mint-failed':
      return mintFailed(onboarding, onboarding.passesStarted, 'GRAPH_THROTTLED', now);
    case 'handed':
      return handedOver(onboarding, mo.id, now);
    case 'done':
      return doneSaid(onboarding, jane.id, now);
    case 'nothing-new':
      return looked(onboarding, [passkey('old')], [], rules, now);
    case 'passkey':
      return looked(onboarding, [passkey('old'), passkey('new')], [], rules, now);
    case 'wrong':
      return looked(onboarding, [passkey('cloud', { passkeyType: 'synced' })], [], rules, now);
    case 'methods':
      return onboarding.exit?.outcome === 'completed' && now < onboarding.exit.settleAt
        ? null
        : methodsLooked(
            onboarding,
            {
              kinds: ['passkey', 'phone'],
              methods: [
                passkey('old'),
                ...(step.proof ? [passkey('new')] : []),
                ...(step.extra ? [{ id: 'phone', kind: 'phone' as const }] : []),
              ],
            },
            rules,
            now,
          );
    case 'wait-for-people': {
      const tries = [
        expire(onboarding, rules, now),
        remind(onboarding, rules, now),
        escalate(onboarding, [{ person: lee, exempt: false }], rules, now),
        startReached(onboarding, rules, now),
      ];
      return tries.find((decision) => decision.ok) ?? null;
    }
    case 'remind-subject':
      return remindSubject(onboarding, now);
    case 'freeze':
      return freeze(onboarding, `person:${mallory.id}`, rules, now);
    case 'aftercare':
      return aftercareLooked(onboarding, ['member-again'], { kinds: ['passkey'], methods: [] }, now);
    case 'handled':
      return confirmHandled(onboarding, priya, now);
    case 'stop':
      return stop(onboarding, { person: priya.id }, rules, now);
    case 'forward':
      return apply(onboarding, natural(onboarding, now), now, privileged);
    case 'deadline':
      return now >= (onboarding.deadline ?? Number.POSITIVE_INFINITY)
        ? startExit(onboarding, 'lapsed', 'onboard', rules, now)
        : null;
    case 'exit':
      return exitLooked(
        onboarding,
        {
          ...(step.removed ? { removal: { tenantTime: now, result: 'removed' } } : {}),
          absent: step.removed && step.absent,
          noPass: step.noPass,
          ...(step.later ? { validFrom: now + 2_000 } : {}),
        },
        now,
      );
  }
  return null;
}

/** What comes next when nobody interferes: it takes the walk into the deep states. */
function natural(onboarding: Onboarding, now: number): Event {
  if (['opening', 'open'].includes(onboarding.state) && now >= (onboarding.deadline ?? now)) return { do: 'deadline' };
  switch (onboarding.state) {
    case 'requested':
      return onboarding.approvedBy
        ? { do: 'second', by: 'kim', exempt: false }
        : { do: 'approve', by: 'mo', ticks: true, exempt: false };
    case 'approved':
      return { do: 'show', by: onboarding.approvedBy?.id === lee.id ? 'lee' : 'mo', exempt: false };
    case 'opening':
      return { do: onboarding.baseline ? 'opened' : 'baseline' };
    case 'open':
      return onboarding.mintingUntil
        ? { do: now > onboarding.mintingUntil ? 'mint-lost' : 'minted' }
        : onboarding.pass || onboarding.passesStarted > 1
          ? { do: 'passkey' }
          : { do: 'show', by: 'mo', exempt: false };
    default:
      if (onboarding.state === 'closed') return { do: 'aftercare' };
      if (onboarding.exit?.sessionsRevokedAt)
        return { do: 'methods', proof: onboarding.passkey !== undefined, extra: false };
      return { do: 'exit', removed: true, absent: true, noPass: true, later: true };
  }
}

describe('whatever happens in whatever order', () => {
  it.each([false, true])('the promises hold (privileged: %s)', (privileged) => {
    const subject = subjectFacts(jane, privileged ? { privilege: 'privileged', guard: { proven: true } } : {});
    const seenStates = new Set<string>();
    fc.assert(
      fc.property(run, fc.boolean(), (steps, later) => {
        let onboarding = requested({ subject, ...(later ? { startAt: T0 + 20 * MINUTE } : {}) }, rules);
        let now = T0;
        let deadline: number | undefined;
        for (const { event: step, wait } of steps) {
          // A mint that is not interfered with answers in its lease.
          now += step.do === 'forward' && onboarding.mintingUntil ? Math.min(wait, MINUTE / 6) : wait;
          const before = onboarding;
          const decision = apply(onboarding, step, now, privileged);
          if (!decision?.ok) continue;
          const after = { ...decision.change.next, version: before.version + 1 };
          onboarding = after;
          seenStates.add(`${after.state}:${after.outcome ?? ''}`);

          // Closed is closed; an outcome is decided once.
          if (before.state === 'closed') {
            expect(after).toMatchObject({ state: 'closed', outcome: before.outcome, exit: before.exit });
            expect(['aftercare', 'handled', 'forward']).toContain(step.do);
          }
          if (before.exit && after.exit && before.exit.outcome !== after.exit.outcome)
            expect(before.exit.outcome === 'completed' ? ['stopped', 'frozen'] : ['frozen']).toContain(
              after.exit.outcome,
            );
          // Nobody is asked or told twice, and nothing moves the end of anything.
          for (const once of [
            'remindedAt',
            'escalatedAt',
            'startToldAt',
            'remindedHalfAt',
            'remindedLastAt',
            'expiresAt',
            'requestedAt',
            'openedAt',
          ] as const)
            if (before[once] !== undefined) expect(after[once]).toBe(before[once]);
          if (before.useBy !== undefined && after.useBy !== undefined) expect(after.useBy).toBe(before.useBy);
          if (after.openedAt !== undefined) expect(after.openedAt).toBeGreaterThanOrEqual(after.startAt ?? 0);
          if (after.remindedLastAt !== undefined && before.remindedLastAt === undefined)
            expect(now).toBeLessThan(after.deadline ?? 0);
          const { tell } = decision.change;
          const rows = tell.map((one) => JSON.stringify(one));
          expect(new Set(rows).size).toBe(rows.length);
          // A window opens only after approval by those who may, and its deadline never moves.
          if (after.openedAt !== undefined) {
            expect([mo.id, lee.id]).toContain(after.approvedBy?.id);
            if (privileged) expect(after.secondApprovedBy?.id).toBe(kim.id);
            deadline ??= after.deadline;
            expect(after.deadline).toBe(deadline);
            expect(after.deadline).toBe(after.openedAt + rules.windowLength);
          }
          const parts = [after.subject.id, after.requester.id, after.approvedBy?.id, after.secondApprovedBy?.id].filter(
            Boolean,
          );
          expect(new Set(parts).size).toBe(parts.length);
          // Passes: only in an open window, limited, none while another may be in the making.
          expect(after.passesStarted).toBeLessThanOrEqual(rules.maxPasses);
          if (after.passesStarted > before.passesStarted) {
            expect(before.state).toBe('open');
            expect(before.mintingUntil ?? 0).toBeLessThanOrEqual(now);
            expect(now).toBeLessThan((after.deadline ?? 0) - rules.lastPassMargin);
          }
          // The group is left before anything is called finished, and a completion has its proof.
          if (after.state === 'closed' && after.openedAt !== undefined) {
            expect(after.exit).toMatchObject({
              leftAt: expect.any(Number),
              passGoneAt: expect.any(Number),
              sessionsRevokedAt: expect.any(Number),
              ...(after.baseline ? { methodsReadAt: expect.any(Number) } : {}),
            });
          }
          // Completed is said only of a proof that the last read still showed.
          if (after.outcome === 'completed') {
            expect(after.passkey?.id).toBe('new');
            if (before.state === 'closing' && step.do === 'methods') expect(step.proof).toBe(true);
          }
          if (after.openedAt !== undefined && after.state !== 'closed' && after.exit?.leftAt === undefined)
            expect(hasOpenWindow(after)).toBe(true);
          // Whatever is not closed is due some time: nothing is forgotten.
          if (after.state !== 'closed') expect(after.dueAt).toEqual(expect.any(Number));
          // Settling never outlives the deadline.
          if (after.exit)
            expect(after.exit.settleAt).toBeLessThanOrEqual(Math.max(after.deadline ?? 0, after.exit.startedAt));
        }
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 3_000), seed: 20261123 },
    );
    // The walk is worth something only if it gets everywhere; a shortened one need not.
    if (process.env.PROPERTY_RUNS !== undefined) return;
    for (const state of [
      'approved:',
      'opening:',
      'open:',
      'closing:',
      'closed:declined',
      'closed:cancelled',
      'closed:stopped',
      'closed:completed',
      'closed:lapsed',
      'closed:expired',
      'closed:frozen',
    ]) {
      expect(seenStates).toContain(state);
    }
  });
});
