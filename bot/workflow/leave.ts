import { type ExitReading, exitLooked } from '../onboarding/exit';
import type { Onboarding } from '../onboarding/onboarding';
import { reference } from '../onboarding/onboarding';
import { commit } from './commit';
import type { Context } from './context';
import type { Step } from './open-window';
import type { Pacing } from './pacing';
import { readAdded } from './read-added';
import { TenantError } from './tenant';

/** A part that is not done is tried again after this at the latest, ms. */
const MOST = 10_000;
/** Sessions that were revoked after the removal are not revoked again before this, however late the read-back is, ms. */
const REVOKE_AGAIN = 60_000;
const SECOND = 1_000;

/** One exit at work: the onboarding as it stands after what the parts have read so far. */
interface Leaving {
  readonly context: Context;
  readonly pacing: Pacing;
  readonly subject: string;
  current: Onboarding;
  record(reading: ExitReading): Promise<void>;
}

type Part = (leaving: Leaving) => Promise<void>;

const parts: Readonly<
  Record<string, { readonly act: Part; readonly isOpen: (now: Onboarding, time: number) => boolean }>
> = {
  group: { act: leaveGroup, isOpen: ({ exit }) => exit?.leftAt === undefined },
  passes: { act: deletePasses, isOpen: ({ exit }, time) => isSettled(exit, time) && exit?.passGoneAt === undefined },
  sessions: { act: revoke, isOpen: ({ exit }, time) => isSettled(exit, time) && exit?.sessionsRevokedAt === undefined },
  methods: {
    act: ({ context, current }) => readAdded(context, current),
    isOpen: ({ exit, baseline }, time) =>
      isSettled(exit, time) && baseline !== undefined && exit?.methodsReadAt === undefined,
  },
};

function isSettled(exit: Onboarding['exit'], time: number): boolean {
  return exit !== undefined && time >= exit.settleAt;
}

/**
 * One round of an exit. Its parts do not wait for each other: each is committed as soon as it was read, and each is
 * paced for itself, because a tenant that will not revoke sessions must not keep anybody in the group.
 */
export async function leave(context: Context, pacing: Pacing, onboarding: Onboarding): Promise<Step> {
  const { clock, store } = context;
  const leaving: Leaving = {
    context,
    pacing,
    subject: onboarding.subject.id,
    current: onboarding,
    async record(reading) {
      const done = await commit(context, leaving.current, (newest) => exitLooked(newest, reading, clock.now()));
      if (done.onboarding.version > leaving.current.version) leaving.current = done.onboarding;
    },
  };

  const now = clock.now();
  const round = Object.entries(parts).filter(
    ([name, part]) => part.isOpen(onboarding, now) && pacing.dueAt(keyOf(onboarding, name)) <= now,
  );
  const faults: unknown[] = [];
  await Promise.all(
    round.map(async ([name, part]) => {
      const retryAfter = await attempt(leaving, part.act, faults);
      if (part.isOpen(leaving.current, clock.now()))
        pacing.again(keyOf(onboarding, name), clock.now(), MOST, retryAfter);
    }),
  );
  if (faults.length > 0) throw faults[0];

  const current = (await store.load(onboarding.id)) ?? leaving.current;
  if (current.state !== 'closing') {
    pacing.forget(current.id);
    return { onboarding: current, again: 'planned' };
  }
  const time = clock.now();
  const next = Object.entries(parts)
    .filter(([, part]) => part.isOpen(current, time))
    .map(([name]) => pacing.dueAt(keyOf(current, name)));
  return { onboarding: current, again: 'planned', dueAt: next.length > 0 ? Math.max(Math.min(...next), time) : time };
}

function keyOf(onboarding: Onboarding, part: string): string {
  return `${onboarding.id}/${part}`;
}

/** Runs one part; gives the wait that the tenant asked for, in ms. What is no TenantError is a fault of ours. */
async function attempt(leaving: Leaving, act: Part, faults: unknown[]): Promise<number | undefined> {
  const { context, subject } = leaving;
  try {
    await act(leaving);
    return undefined;
  } catch (error) {
    if (!(error instanceof TenantError)) {
      faults.push(error);
      return undefined;
    }
    const { code, operation, hint, kind, detail } = error;
    context.log.warn({
      event: 'exit-part-failed',
      onboarding: reference(leaving.current),
      code,
      operation,
      hint,
      requestId: detail.requestId,
    });
    if (kind === 'not-found') await subjectGone(leaving, subject).catch(() => undefined);
    return detail.retryAfter;
  }
}

/** An account that was deleted has no membership, no pass and no session left; there is nothing more to read back. */
async function subjectGone(leaving: Leaving, subject: string): Promise<void> {
  if ((await leaving.context.tenant.person(subject)) === null) await leaving.record({ subjectGone: true });
}

/** Looks before it removes again: a read that is late is no reason to write. */
async function leaveGroup({ context, current, subject, record }: Leaving): Promise<void> {
  const { tenant } = context;
  const tried = current.exit?.removedTenantTime !== undefined;
  if (tried && !(await tenant.isMember(subject))) return record({ absent: true });
  const { tenantTime, result } = await tenant.removeMember(subject);
  const absent = !(await tenant.isMember(subject));
  await record({ removal: { tenantTime, result }, absent });
}

async function deletePasses({ context, current, subject, record }: Leaving): Promise<void> {
  const { tenant } = context;
  const listed = await tenant.passes(subject);
  // By its own id as well: a list that is late may not show the newest one.
  const ids = new Set([...listed.map((pass) => pass.id), ...(current.pass ? [current.pass.id] : [])]);
  const deleted: string[] = [];
  for (const id of ids) if ((await tenant.deletePass(subject, id)) === 'deleted') deleted.push(id);
  await record({ deletedPasses: deleted, noPass: (await tenant.passes(subject)).length === 0 });
}

/** Reads first: what was revoked after the removal counts, and every revocation ends sessions that are good. */
async function revoke(leaving: Leaving): Promise<void> {
  const { context, pacing, subject, record } = leaving;
  const { tenant, clock } = context;
  const left = leaving.current.exit?.leftAt;
  if (left !== undefined) {
    await record({ validFrom: await tenant.sessionsValidFrom(subject) });
    if (leaving.current.exit?.sessionsRevokedAt !== undefined || leaving.current.state !== 'closing') return;
  }
  // The tenant's times are whole seconds: revoked in the second of the removal, it would not count as later. After a
  // completion one second more harms nobody and spares a revocation; everything else revokes at once, and once more.
  const now = clock.now();
  if (leaving.current.exit?.outcome === 'completed' && (left === undefined || now < left + SECOND)) return;
  const key = keyOf(leaving.current, 'revoked');
  const last = pacing.noted(key);
  const covers = last !== undefined && (left === undefined || last >= left + SECOND);
  if (covers && now - last < REVOKE_AGAIN) return;
  await tenant.revokeSessions(subject);
  pacing.note(key, clock.now());
  await record({ validFrom: await tenant.sessionsValidFrom(subject) });
}
