import type { RecordedPerson } from '../../playground/contract';
import { TURN_MS } from './promise-once';
import { type Case, type Click, names, pressedAt, type Shown, type Stay, type Timeline } from './timeline';
import type { Violation } from './types';
import { APPROVE, DECLINE, SECOND } from './words';

const DAY = 24 * 60 * 60_000;

/** Promise 2: a window opens, and a pass is shown, only after approval by somebody who may decide, then and there. */
export function checkApproval(facts: Timeline): Violation[] {
  return [
    ...facts.stays.filter(({ ours }) => ours).flatMap((stay) => checkWindow(facts, stay)),
    ...facts.shown.flatMap((shown) => checkShown(facts, shown)),
  ];
}

const violation = (what: string, ...evidence: (number | string)[]): Violation => ({ promise: 2, what, evidence });

/** Enabled, and the subject's manager or a listed fallback, when it happened. */
export function mayDecide(facts: Timeline, who: RecordedPerson | undefined, subjectId: string, seq: number): boolean {
  const subject = facts.personAt(subjectId, seq);
  return Boolean(who?.enabled && subject && (subject.managerId === who.id || who.fallbackApprover));
}

/** First approvals of a case by people who could give one. An answer that was lost (status 0) takes nobody's word back. */
export function approvals(facts: Timeline, owner: Case, subjectId: string): Click[] {
  return owner.clicks.filter(
    (click) =>
      (click.status === 200 || click.status === 0) &&
      APPROVE.test(click.verb) &&
      !SECOND.test(click.verb) &&
      mayDecide(facts, facts.personAt(facts.idOf(click.by), click.seq), subjectId, click.seq),
  );
}

function checkWindow(facts: Timeline, stay: Stay): Violation[] {
  const owner = facts.caseOf(stay);
  const at = stay.joined.seq;
  if (!owner) return [violation('somebody was put into the group without any approval', at)];
  const before = approvals(facts, owner, stay.userId).filter((click) => pressedAt(click) <= stay.joined.at);
  const found: Violation[] = [];
  if (before.length === 0) {
    found.push(
      violation(
        'a window was opened without approval by somebody who may decide',
        at,
        ...owner.clicks.map(({ seq }) => seq),
      ),
    );
  }
  const firsts = before.filter((click) => !exempt(facts, click));
  if (before.length > 0 && firsts.length === 0) {
    found.push(violation('the approver was in the group, or had just left it', at, ...before.map(({ seq }) => seq)));
  }
  const declined = owner.clicks.find(
    (click) =>
      DECLINE.test(click.verb) &&
      click.status === 200 &&
      mayDecide(facts, facts.personAt(facts.idOf(click.by), click.seq), stay.userId, click.seq) &&
      (before[0] === undefined || click.seq < before[0].seq),
  );
  if (declined)
    found.push({ promise: 5, what: 'a declined request was opened all the same', evidence: [declined.seq, at] });

  const requester = requesterOf(facts, owner, stay.userId);
  const approver = firsts[0] && facts.idOf(firsts[0].by);
  if (approver === stay.userId || requester?.id === stay.userId || (requester && requester.id === approver)) {
    found.push(violation('requester, subject and approver are not three people', at, requester?.seq ?? 'no requester'));
  }
  if (requester && facts.exemptWithin(requester.id, requester.at, DAY)) {
    found.push(violation('the requester was in the group, or had just left it', at, requester.seq));
  }
  return [...found, ...checkSecond(facts, stay, owner, approver, requester?.id)];
}

/** Privileged people: a second approver from the list, who is nobody else in this. */
function checkSecond(facts: Timeline, stay: Stay, owner: Case, approver?: string, requester?: string): Violation[] {
  if (!facts.personAt(stay.userId, stay.joined.seq)?.privileged) return [];
  const second = owner.clicks.find((click) => {
    const who = facts.personAt(facts.idOf(click.by), click.seq);
    const apart = who && ![approver, requester, stay.userId].includes(who.id);
    return (
      apart &&
      who.enabled &&
      who.secondApprover &&
      APPROVE.test(click.verb) &&
      click.status === 200 &&
      pressedAt(click) <= stay.joined.at &&
      !exempt(facts, click)
    );
  });
  return second ? [] : [violation('a privileged person was let in without a second approver', stay.joined.seq)];
}

const exempt = (facts: Timeline, click: Click) => facts.exemptWithin(facts.idOf(click.by), pressedAt(click), DAY);

function checkShown(facts: Timeline, { click, userId }: Shown): Violation[] {
  const found: Violation[] = [];
  const who = facts.personAt(facts.idOf(click.by), click.seq);
  if (!mayDecide(facts, who, userId, click.seq)) {
    found.push(violation('a pass was shown to somebody who may not decide', click.seq, click.by));
  }
  if (who?.id === userId) found.push(violation('a pass was shown to the person whom it is for', click.seq));
  if (exempt(facts, click)) found.push(violation('a pass was shown to somebody who is exempt, or just was', click.seq));
  const owner = facts.cases.find((each) => each.shown.some((shown) => shown.click === click));
  const firsts = owner ? approvals(facts, owner, userId) : [];
  if (owner && !firsts.some((first) => first.by === click.by)) {
    found.push(violation('a pass was shown to somebody other than the approver', click.seq, click.by));
  }
  const inside = facts.stays.some(
    (stay) =>
      stay.userId === userId &&
      stay.joined.at <= click.at &&
      (stay.left === undefined || stay.left.at >= pressedAt(click)),
  );
  if (!inside) found.push(violation('a pass was shown outside a window', click.seq));
  return found;
}

/** Who asked: the last person who named the subject, in a conversation to which a card of the case was sent later. */
export function requesterOf(facts: Timeline, owner: Case, subjectId: string) {
  const first = owner.messages[0];
  if (!first) return undefined;
  const conversations = new Set(owner.messages.map((message) => message.conversation));
  const name = facts.nameOf(subjectId).toLowerCase().split(/\s+/);
  const said = facts.teams.filter(
    (record) =>
      record.kind === 'said' &&
      (record.seq < first.seq || record.at - TURN_MS < first.at) &&
      conversations.has(record.conversation) &&
      name.some((part) => part.length > 2 && record.text.toLowerCase().includes(part)),
  );
  const last = said.at(-1);
  return last?.kind === 'said' ? { id: facts.idOf(last.by), at: last.at, seq: last.seq } : undefined;
}

/** Whether the cards of a case name the person. */
export const isAbout = (facts: Timeline, owner: Case, subjectId: string): boolean =>
  owner.messages.some((message) => names(message.activity, facts.nameOf(subjectId)));
