import { type Onboarding, reference } from '../onboarding/onboarding';
import type { Person, PersonId } from '../onboarding/person';
import type { Policy } from '../onboarding/policy';
import type { Refusal } from '../onboarding/refusal';
import { dayAgo, judgeRequester, type RequestFacts, request } from '../onboarding/request';
import type { Context } from './context';
import { isExempt, readListed, readManager, readSubject } from './facts';
import type { RequestAnswer, RequestAsk } from './onboardings';
import type { Caps } from './store-port';

/** More matches than this are not worth a list: the name has to be longer. */
const MANY = 10;

/** From a chat line to a stored request, or to the reason why not. Reads the tenant, changes nothing in it. */
export async function makeRequest(context: Context, ask: RequestAsk): Promise<RequestAnswer> {
  const { tenant, store, policy, clock } = context;
  const since = dayAgo(clock.now());

  const [requester, isHelpdesk, paused, exempt, counts] = await Promise.all([
    tenant.person(ask.requester),
    tenant.isInGroup(ask.requester, policy.helpdeskGroupId),
    store.paused(),
    isExempt(context, ask.requester),
    store.counts({ requester: ask.requester, since }),
  ]);
  if (!requester) return { kind: 'refused', refusal: { code: 'not-helpdesk' } };
  const asker = { requester, isHelpdesk, paused, requesterExempt: exempt, requestedToday: counts.requested };
  const notAllowed = judgeRequester(asker, policy);
  if (notAllowed) return { kind: 'refused', refusal: notAllowed };

  const found = await resolve(context, ask.who);
  if ('answer' in found) return found.answer;

  const facts = await readRequest(context, ask, asker, found.person, since);
  const decision = request(facts, policy, clock.now());
  if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
  // Counted again by the store itself: several requests at once must not each be the last one that a cap allows.
  const stored = await store.create(decision.change, {
    requester: { since, max: policy.maxRequestsPerRequesterPerDay },
    subject: { since, max: policy.maxWindowsPerSubjectPerDay },
    approver: { max: policy.maxOpenPerApprover },
  });
  if ('capped' in stored) return { kind: 'refused', refusal: capped(stored.capped, decision.change.next, policy) };
  if ('taken' in stored) {
    return {
      kind: 'refused',
      refusal: { code: 'already-open', name: found.person.displayName, reference: reference(stored.taken) },
    };
  }
  context.changed();
  context.log.info({ event: 'requested', onboarding: reference(stored.created) });
  return { kind: 'requested', onboarding: stored.created };
}

function capped(cap: keyof Caps, { subject, approver }: Onboarding, policy: Policy): Refusal {
  switch (cap) {
    case 'requester':
      return { code: 'requester-cap', max: policy.maxRequestsPerRequesterPerDay };
    case 'subject':
      return { code: 'subject-cap', name: subject.displayName, max: policy.maxWindowsPerSubjectPerDay };
    case 'approver':
      return { code: 'approver-cap', name: approver.displayName, max: policy.maxOpenPerApprover };
  }
}

/** One person for what was typed or chosen; or what to answer. */
export async function resolve(
  context: Context,
  who: RequestAsk['who'],
): Promise<{ person: Person } | { answer: Exclude<RequestAnswer, { kind: 'requested' }> }> {
  if ('id' in who) {
    const person = await context.tenant.person(who.id);
    return person ? { person } : { answer: { kind: 'refused', refusal: { code: 'nobody-found', name: '' } } };
  }
  const people = await context.tenant.findPeople(who.text);
  const [first] = people;
  if (!first) return { answer: { kind: 'refused', refusal: { code: 'nobody-found', name: who.text } } };
  if (people.length >= MANY)
    return { answer: { kind: 'refused', refusal: { code: 'too-many-found', name: who.text } } };
  return people.length === 1 ? { person: first } : { answer: { kind: 'choose', people } };
}

type Asker = Pick<RequestFacts, 'requester' | 'isHelpdesk' | 'paused' | 'requesterExempt' | 'requestedToday'>;

async function readRequest(
  context: Context,
  ask: RequestAsk,
  asker: Asker,
  person: Person,
  since: number,
): Promise<RequestFacts> {
  const { tenant, store, policy, ids } = context;
  const [subject, member, counts, manager, fallbacks, second] = await Promise.all([
    readSubject(context, person),
    tenant.isMember(person.id),
    store.counts({ subject: person.id, since }),
    readManager(context, person.id),
    readListed(context, policy.fallbackApproverIds),
    policy.privileged === 'on' ? readListed(context, policy.secondApproverIds) : [],
  ]);
  const open = new Map<PersonId, number>();
  const candidates = [
    ...(manager.kind === 'person' ? [manager.person] : []),
    ...fallbacks.map((entry) => entry.person),
  ];
  for (const { id } of candidates) open.set(id, (await store.counts({ approver: id, since })).openForApprover);
  return {
    ...asker,
    subject,
    subjectIsMember: member,
    subjectWindowsToday: counts.windows,
    manager,
    fallbacks,
    secondApproverExists: second.some(
      (listed) => listed.person.enabled && ![person.id, asker.requester.id].includes(listed.person.id),
    ),
    openForApprover: (approver) => open.get(approver.id) ?? 0,
    askedIn: ask.askedIn,
    ...(ask.words === undefined ? {} : { words: ask.words }),
    ...(ask.startAt === undefined ? {} : { startAt: ask.startAt }),
    ...(ask.recover ? { recover: ask.recover } : {}),
    id: ids.id(),
    nonce: ids.nonce(),
  };
}
