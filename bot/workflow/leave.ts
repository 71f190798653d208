import { type ExitReading, exitLooked } from '../onboarding/exit';
import type { Onboarding } from '../onboarding/onboarding';
import { reference } from '../onboarding/onboarding';
import { commit } from './commit';
import type { Context } from './context';
import type { Step } from './open-window';
import { readAdded } from './read-added';
import { TenantError } from './tenant';

/**
 * One round of an exit. Its parts do not wait for each other and each is committed as soon as it was read: a
 * tenant that will not revoke sessions must not keep anybody in the group. Throws the first TenantError after all parts
 * had their turn, so that the worker plans the next round.
 */
export async function leave(context: Context, onboarding: Onboarding): Promise<Step> {
  let current = onboarding;
  const commits: Promise<void>[] = [];
  const record = async (reading: ExitReading): Promise<void> => {
    const mine = (async () => {
      const done = await commit(context, current, (newest) => exitLooked(newest, reading, context.clock.now()));
      if (done.onboarding.version > current.version) current = done.onboarding;
    })();
    commits.push(mine);
    await mine;
  };

  const exit = onboarding.exit;
  const settled = exit !== undefined && context.clock.now() >= exit.settleAt;
  const parts = await Promise.allSettled([
    exit?.leftAt === undefined ? leaveGroup(context, onboarding, record) : undefined,
    settled && exit.passGoneAt === undefined ? deletePasses(context, onboarding, record) : undefined,
    settled && exit.sessionsRevokedAt === undefined ? revoke(context, onboarding, () => current, record) : undefined,
    settled && exit.methodsReadAt === undefined && onboarding.baseline ? readAdded(context, onboarding) : undefined,
  ]);
  const failed = parts.filter((part) => part.status === 'rejected').map((part) => part.reason as unknown);
  for (const error of failed) {
    if (error instanceof TenantError) {
      context.log.warn({
        event: 'exit-part-failed',
        onboarding: reference(onboarding),
        code: error.code,
        operation: error.operation,
        hint: error.hint,
        requestId: error.detail.requestId,
      });
    }
  }
  if (failed.length > 0) throw failed.find((error) => !(error instanceof TenantError)) ?? failed[0];
  current = (await context.store.load(current.id)) ?? current;
  if (current.state === 'closed') return { onboarding: current, again: 'planned' };
  return { onboarding: current, again: 'soon' };
}

async function leaveGroup(
  context: Context,
  onboarding: Onboarding,
  record: (reading: ExitReading) => Promise<void>,
): Promise<void> {
  const { tenant } = context;
  const subject = onboarding.subject.id;
  const { tenantTime } = await tenant.removeMember(subject);
  const absent = !(await tenant.isMember(subject));
  await record({ removedTenantTime: tenantTime, absent });
}

async function deletePasses(
  context: Context,
  onboarding: Onboarding,
  record: (reading: ExitReading) => Promise<void>,
): Promise<void> {
  const { tenant } = context;
  const subject = onboarding.subject.id;
  const listed = await tenant.passes(subject);
  // By its own id as well: a list that is late may not show the newest one.
  const ids = new Set([...listed.map((pass) => pass.id), ...(onboarding.pass ? [onboarding.pass.id] : [])]);
  for (const id of ids) await tenant.deletePass(subject, id);
  await record({ noPass: (await tenant.passes(subject)).length === 0 });
}

/** Revokes, then reads back. Done again when the removal came later than the revocation that is there. */
async function revoke(
  context: Context,
  onboarding: Onboarding,
  newest: () => Onboarding,
  record: (reading: ExitReading) => Promise<void>,
): Promise<void> {
  const { tenant } = context;
  const subject = onboarding.subject.id;
  await tenant.revokeSessions(subject);
  const validFrom = await tenant.sessionsValidFrom(subject);
  if (newest().exit?.removedTenantTime !== undefined) await record({ validFrom });
}
