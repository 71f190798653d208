import type { ApprovalFacts } from '../onboarding/approval';
import { hasOpenWindow, type Onboarding } from '../onboarding/onboarding';
import { type Candidate, MAX_HOPS } from '../onboarding/pass-on';
import type { Person, PersonId } from '../onboarding/person';
import type { DeciderFacts, ManagerFacts } from '../onboarding/standing';
import type { SubjectFacts } from '../onboarding/subject';
import type { Context } from './context';
import { type Manager, TenantError } from './tenant';

/** In the onboarding group now, or out of it for less than the cool-down: such a session may have been got without MFA. */
export async function isExempt(context: Context, id: PersonId): Promise<boolean> {
  const { tenant, store, clock, policy } = context;
  const [member, last, seenAt] = await Promise.all([
    tenant.isMember(id),
    store.lastWindowOf(id),
    store.lastSeenInGroup(id),
  ]);
  const known = last !== null && hasOpenWindow(last);
  if (member && !known) await sawInGroup(context, [id]);
  if (member || known) return true;
  const leftAt = last ? (last.exit?.leftAt ?? clock.now()) : Number.NEGATIVE_INFINITY;
  return clock.now() - Math.max(leftAt, seenAt ?? Number.NEGATIVE_INFINITY) < policy.cooldown;
}

/**
 * Remembers who was in the group without a window of ours, so that the cool-down knows those as well whom the sweep, the
 * watchdog, aftercare or an administrator takes out. Never fails: nobody stays in because a store is full.
 */
export async function sawInGroup(
  { store, clock, policy, log }: Pick<Context, 'store' | 'clock' | 'policy' | 'log'>,
  people: readonly PersonId[],
): Promise<void> {
  if (people.length === 0) return;
  const now = clock.now();
  try {
    await store.sawInGroup(people, now, now - 2 * policy.cooldown);
  } catch (error) {
    log.warn({ event: 'membership-not-noted', count: people.length, error: String(error) });
  }
}

/** Reads what judges a subject. The guard policy is read only for people for whom it matters. */
export async function readSubject(context: Context, person: Person): Promise<SubjectFacts> {
  const { tenant, policy } = context;
  const [privilege, passkeys] = await Promise.all([tenant.privilege(person.id), tenant.passkeys([person.id])]);
  const own = passkeys.get(person.id);
  if (own instanceof TenantError) throw own;
  const guard =
    privilege.level !== 'none' && policy.privileged === 'on'
      ? await tenant.guardPolicy(person.id)
      : ({ proven: false, why: 'not looked at' } as const);
  return { person, privilege: privilege.level, guard, passkeys: own ?? [] };
}

/** Everything that an approval and a show of the pass depend on, read now, in parallel; `null` when the subject is gone. */
export async function readApproval(
  context: Context,
  onboarding: Onboarding,
  by: PersonId,
): Promise<ApprovalFacts | null> {
  const { tenant } = context;
  const secondId = onboarding.secondApprovedBy?.id;
  const asksLine = onboarding.approverIs === 'line' && onboarding.approver.id === by;
  const [person, manager, exempt, subject, second, line] = await Promise.all([
    tenant.person(by),
    tenant.manager(onboarding.subject.id),
    isExempt(context, by),
    tenant.person(onboarding.subject.id).then((found) => (found ? readSubject(context, found) : null)),
    secondId === undefined ? null : readSecond(context, secondId),
    asksLine ? readLine(context, onboarding.subject.id) : [],
  ]);
  if (!subject) return null;
  const inLine = line.some((above) => above.id === by);
  const decider = { person, managerOfSubject: managerId(manager), exempt, ...(asksLine ? { inLine } : {}) };
  const name = person ?? { id: by, displayName: '', userPrincipalName: '', enabled: false, kind: 'member' as const };
  return { by: name, decider, subject, ...(second ? { second } : {}) };
}

async function readSecond(context: Context, id: PersonId): Promise<DeciderFacts> {
  const [person, exempt] = await Promise.all([context.tenant.person(id), isExempt(context, id)]);
  return { person, managerOfSubject: null, exempt };
}

/** The manager with what decides whether they can be asked. */
export async function readManager(context: Context, subject: PersonId): Promise<ManagerFacts> {
  const manager = await context.tenant.manager(subject);
  if (manager.kind !== 'person') return manager;
  return { kind: 'person', person: manager.person, exempt: await isExempt(context, manager.person.id) };
}

/**
 * The people above somebody, nearest first, as many as a request can be passed on to. Ends where the directory names
 * nobody, or somebody for the second time.
 */
export async function readLine(context: Context, subject: PersonId): Promise<readonly Person[]> {
  const line: Person[] = [];
  let below = subject;
  // The manager, and one for each hop.
  while (line.length <= MAX_HOPS) {
    const above = await context.tenant.manager(below);
    if (above.kind !== 'person' || line.some(({ id }) => id === above.person.id)) break;
    line.push(above.person);
    below = above.person.id;
  }
  return line;
}

/**
 * Who could be asked instead of `by`, in order: whoever stands above them in the subject's line, then the listed
 * fallbacks. A fallback who says that it is not theirs passes it to the other fallbacks only.
 */
export async function readCandidates(context: Context, onboarding: Onboarding, by: PersonId): Promise<Candidate[]> {
  const { policy, store, clock } = context;
  const [line, fallbacks] = await Promise.all([
    readLine(context, onboarding.subject.id),
    readListed(context, policy.fallbackApproverIds),
  ]);
  const at = line.findIndex(({ id }) => id === by);
  const above = at < 0 ? [] : line.slice(at + 1);
  const open = async (approver: PersonId) => (await store.counts({ approver, since: clock.now() })).openForApprover;
  const inLine = above.map(async (person) => ({
    person,
    exempt: await isExempt(context, person.id),
    open: await open(person.id),
    as: 'line' as const,
  }));
  const listed = fallbacks.map(async ({ person, exempt }) => ({
    person,
    exempt,
    open: await open(person.id),
    as: 'fallback' as const,
  }));
  return Promise.all([...inLine, ...listed]);
}

/** The listed people who exist, in the order of the list. */
export async function readListed(
  context: Context,
  ids: readonly PersonId[],
): Promise<{ person: Person; exempt: boolean }[]> {
  const read = await Promise.all(
    ids.map(async (id) => {
      const person = await context.tenant.person(id);
      return person && { person, exempt: await isExempt(context, id) };
    }),
  );
  return read.filter((entry) => entry !== null);
}

function managerId(manager: Manager): PersonId | null {
  return manager.kind === 'person' ? manager.person.id : null;
}
