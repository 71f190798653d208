import { offersIn, visibleText } from './cards';
import { caseIdOf, type Timeline } from './timeline';
import type { Violation } from './types';

/** Two instances that do the same do it at nearly the same time. */
const TOGETHER_MS = 2_000;

/**
 * Promise 9: nothing is done twice because of a second instance: no write is repeated on the heels of itself, and
 * nobody gets the same message twice. A start in between explains a repetition: that is promise 5's at least once.
 */
export function checkInstances(facts: Timeline): Violation[] {
  const { records } = facts;
  const violations: Violation[] = [];
  const restarted = (from: number, to: number) =>
    records.product.some((each) => each.did === 'started' && each.seq > from && each.seq < to);

  const writes = records.graph.filter((call) => call.write && call.status < 300).sort((a, b) => a.seq - b.seq);
  for (const [index, call] of writes.entries()) {
    const before = writes[index - 1];
    if (!before || before.answerLost || before.method !== call.method || before.path !== call.path) continue;
    if (call.at - before.at < TOGETHER_MS && !restarted(before.seq, call.seq) && !cameTooEarly(facts, before)) {
      violations.push({
        promise: 9,
        what: 'the same change was made twice',
        evidence: [before.seq, call.seq, call.path],
      });
    }
  }

  for (const [index, message] of facts.stored.entries()) {
    if (message.kind !== 'sent') continue;
    const ids = offersIn(message.activity).map(({ data }) => caseIdOf(data));
    const text = visibleText(message.activity);
    const twin = facts.stored.slice(0, index).find(
      (other) =>
        other.kind === 'sent' &&
        other.conversation === message.conversation &&
        visibleText(other.activity) === text &&
        offersIn(other.activity)
          .map(({ data }) => caseIdOf(data))
          .join() === ids.join() &&
        !somethingHappened(facts, message.conversation, other.seq, message.seq) &&
        !restarted(other.seq, message.seq),
    );
    if (twin)
      violations.push({ promise: 9, what: 'somebody got the same message twice', evidence: [twin.seq, message.seq] });
  }
  return violations;
}

/**
 * Sessions must be invalid from later than the removal, in whole seconds: within the same second it is done again. Where
 * the removal's answer was lost, the moment that counts is the one at which it was seen that the person is out.
 */
function cameTooEarly(facts: Timeline, { at, seq, path }: Timeline['records']['graph'][number]): boolean {
  if (!/revokeSignInSessions$/.test(path)) return false;
  const sameSecond = (each: { seq: number; at: number }) =>
    each.seq < seq && Math.floor(each.at / 1_000) === Math.floor(at / 1_000);
  const user = /users\/([^/]+)/.exec(path)?.[1] ?? '';
  const removed = facts.tenant.some(
    (each) => each.kind === 'member-removed' && each.userId === user && sameSecond(each),
  );
  const seenOut = facts.records.graph.some(
    (each) =>
      each.status === 404 && /\/(members|memberOf)\//.test(each.path) && each.path.includes(user) && sameSecond(each),
  );
  return removed || seenOut;
}

/** Somebody wrote or pressed something there in between: the same answer may be due again. */
function somethingHappened(facts: Timeline, conversation: string, from: number, to: number): boolean {
  return facts.teams.some(
    (record) =>
      record.seq > from &&
      record.seq < to &&
      (record.kind === 'said' || record.kind === 'clicked') &&
      record.conversation === conversation,
  );
}
