import type { ApprovalFacts } from '../onboarding/approval';
import type { Onboarding } from '../onboarding/onboarding';
import type { Person, PersonId } from '../onboarding/person';
import type { DeciderFacts, ManagerFacts } from '../onboarding/standing';
import type { SubjectFacts } from '../onboarding/subject';
import type { Context } from './context';
import { type Manager, TenantError } from './tenant';

/** In the onboarding group now, or out of it for less than the cool-down: such a session may have been got without MFA. */
export async function isExempt(context: Context, id: PersonId): Promise<boolean> {
  const [member, last] = await Promise.all([context.tenant.isMember(id), context.store.lastWindowOf(id)]);
  if (member) return true;
  if (!last) return false;
  const left = last.exit?.leftAt ?? context.clock.now();
  return context.clock.now() - left < context.policy.cooldown;
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
  const [person, manager, exempt, subject, second] = await Promise.all([
    tenant.person(by),
    tenant.manager(onboarding.subject.id),
    isExempt(context, by),
    tenant.person(onboarding.subject.id).then((found) => (found ? readSubject(context, found) : null)),
    secondId === undefined ? null : readSecond(context, secondId),
  ]);
  if (!subject) return null;
  const decider = { person, managerOfSubject: managerId(manager), exempt };
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
