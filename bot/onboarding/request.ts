import { accept, type Decision, refuse } from './decision';
import { dueAt } from './due';
import { approvalCard, entry, requestCard } from './moved';
import type { Onboarding } from './onboarding';
import { nameOf, type Person } from './person';
import { DAY, type Policy } from './policy';
import { judgeRecovery, type RecoverAsk } from './recovery';
import type { Refusal } from './refusal';
import { chooseFallback, type ManagerFacts, whyNotManager } from './standing';
import { judgeSubject, type SubjectFacts } from './subject';

/** The longest that a start may lie ahead. */
export const MAX_START_AHEAD = 30 * DAY;

/** What the requester said besides whom: kept as it is, decides nothing. */
export interface RequestWords {
  readonly ticket?: string;
  readonly because?: string;
  readonly zone?: string;
}

/** The longest reason that is kept, in characters. */
const MAX_BECAUSE = 300;
const MAX_TICKET = 40;

/** Everything that was read before a request is decided. */
export interface RequestFacts {
  readonly requester: Person;
  readonly requesterExempt: boolean;
  readonly isHelpdesk: boolean;
  readonly paused: boolean;
  readonly subject: SubjectFacts;
  readonly subjectIsMember: boolean;
  readonly subjectWindowsToday: number;
  readonly requestedToday: number;
  readonly manager: ManagerFacts;
  readonly fallbacks: readonly { readonly person: Person; readonly exempt: boolean }[];
  /** Listed second approvers who have no part in this and are enabled. */
  readonly secondApproverExists: boolean;
  readonly openForApprover: (approver: Person) => number;
  readonly askedIn: string;
  /** When it shall begin at the earliest, epoch ms. */
  readonly startAt?: number;
  readonly words?: RequestWords;
  /** She has a passkey that is lost, stolen or replaced. Left out: she has none. */
  readonly recover?: RecoverAsk;
  /** From the id source: uuid and unguessable nonce. */
  readonly id: string;
  readonly nonce: string;
}

/** May this person ask anything of Onboard at all? Checked before a name is looked up. */
export function judgeRequester(
  facts: Pick<RequestFacts, 'requester' | 'requesterExempt' | 'isHelpdesk' | 'paused' | 'requestedToday'>,
  policy: Policy,
) {
  if (!facts.isHelpdesk || !facts.requester.enabled || facts.requester.kind === 'guest')
    return { code: 'not-helpdesk' } as const;
  if (facts.paused) return { code: 'paused' } as const;
  if (facts.requesterExempt) return { code: 'requester-exempt' } as const;
  if (facts.requestedToday >= policy.maxRequestsPerRequesterPerDay) {
    return { code: 'requester-cap', max: policy.maxRequestsPerRequesterPerDay } as const;
  }
  return null;
}

/** Decides a request for one resolved person. Nothing in the tenant changes. */
export function request(facts: RequestFacts, policy: Policy, now: number): Decision {
  const { requester, subject } = facts;
  const name = subject.person.displayName;

  const notAllowed = judgeRequester(facts, policy);
  if (notAllowed) return refuse(notAllowed);
  if (subject.person.id === requester.id) return refuse({ code: 'self' });
  const start = judgeStart(facts.startAt, now);
  if (start) return refuse(start);

  const judged = judgeSubject(subject, facts.recover ? 'recover' : 'new', policy);
  if ('refusal' in judged) return refuse(judged.refusal);
  const recovering = facts.recover && judgeRecovery(facts.recover, name, subject.passkeys, policy);
  if (recovering && 'refusal' in recovering) return refuse(recovering.refusal);
  const recovery = recovering?.recovery;
  if (facts.subjectIsMember) return refuse({ code: 'already-member', name });
  if (facts.subjectWindowsToday >= policy.maxWindowsPerSubjectPerDay) {
    return refuse({ code: 'subject-cap', name, max: policy.maxWindowsPerSubjectPerDay });
  }
  if (judged.privileged && !facts.secondApproverExists) return refuse({ code: 'no-second-approver' });

  const why = whyNotManager(facts.manager, requester.id, subject.person.id);
  const approver =
    why === null && facts.manager.kind === 'person'
      ? facts.manager.person
      : chooseFallback(facts.fallbacks, [requester.id, subject.person.id]);
  if (!approver) return refuse({ code: 'no-approver', name, why: why ?? 'no-manager' });
  if (facts.openForApprover(approver) >= policy.maxOpenPerApprover) {
    return refuse({ code: 'approver-cap', name: approver.displayName, max: policy.maxOpenPerApprover });
  }

  const asked: Onboarding = {
    id: facts.id,
    number: 0,
    version: 0,
    nonce: facts.nonce,
    state: 'requested',
    reason: recovery ? 'recover' : 'new',
    ...(recovery ? { recovery } : {}),
    subject: nameOf(subject.person),
    requester: nameOf(requester),
    approver: nameOf(approver),
    approverIs: why === null ? 'manager' : 'fallback',
    privileged: judged.privileged,
    askedIn: facts.askedIn,
    ...wordsOf(facts.words),
    ...(facts.startAt === undefined ? {} : { startAt: facts.startAt }),
    requestedAt: now,
    expiresAt: now + policy.approvalLifetime,
    passesStarted: 0,
    findings: [],
  };
  const next: Onboarding = { ...asked, dueAt: dueAt(asked, policy, now) };
  return accept(
    next,
    [
      entry(now, { person: requester.id }, 'requested', {
        subject: subject.person.id,
        approver: approver.id,
        approverIs: next.approverIs,
        privileged: judged.privileged,
        ...(recovery ? { recovers: recovery.loss, old: recovery.old.map(({ id }) => id) } : {}),
        ...(facts.startAt === undefined ? {} : { startAt: facts.startAt }),
      }),
    ],
    [requestCard(next), approvalCard(next)],
  );
}

function wordsOf({ ticket = '', because = '', zone }: RequestWords = {}): RequestWords {
  const cut = (text: string, max: number) => [...text.trim()].slice(0, max).join('');
  return {
    ...(ticket.trim() ? { ticket: cut(ticket, MAX_TICKET) } : {}),
    ...(because.trim() ? { because: cut(because, MAX_BECAUSE) } : {}),
    ...(zone === undefined ? {} : { zone }),
  };
}

/** A start that has passed, or that lies so far ahead that nobody remembers why, is refused. `null` means usable. */
function judgeStart(startAt: number | undefined, now: number): Refusal | null {
  if (startAt === undefined) return null;
  // Also refuses what is no number at all.
  if (!(startAt >= now)) return { code: 'start-unusable', why: 'past' };
  return startAt > now + MAX_START_AHEAD ? { code: 'start-unusable', why: 'too-far' } : null;
}

/** Since when windows and requests of "today" are counted. */
export function dayAgo(now: number): number {
  return now - DAY;
}
