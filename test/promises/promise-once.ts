import type { Timeline } from './timeline';
import type { Violation } from './types';

/** A message is recorded when Onboard has taken it; the answer may have been faster. */
export const TURN_MS = 5_000;

/** Promise 5: every step may run twice, and yet at most one pass lives, none is forgotten, and nobody's word is lost. */
export function checkOnce(facts: Timeline): Violation[] {
  const { options, passes, stays, shown } = facts;
  const violations: Violation[] = [];
  const say = (what: string, ...evidence: (number | string)[]) => violations.push({ promise: 5, what, evidence });
  const lateMs = (options.settleMs ?? 180_000) + options.pollSlackMs;
  const ours = passes.filter(({ created }) => created.actor === facts.app);

  for (const { created, ended } of ours) {
    const other = ours.find(
      (pass) =>
        pass.created.userId === created.userId &&
        pass.created.seq < created.seq &&
        (pass.ended?.seq ?? Number.POSITIVE_INFINITY) > created.seq,
    );
    if (other) say('two passes of one person were alive at once', other.created.seq, created.seq);

    const seen = shown.some((each) => each.passId === created.passId);
    const age = (ended?.at ?? options.now) - created.at;
    if (
      !seen &&
      !unknownToOnboard(facts, created) &&
      age - facts.forgiven(created.at, ended?.at ?? options.now) > options.pollSlackMs
    ) {
      say('a pass that nobody was shown was left alive', created.seq, ended?.seq ?? 'still alive');
    }
    if (created.usableOnce) say('a pass was made that works only once, and she needs it twice', created.seq);
    const inside = stays.some(
      (stay) =>
        stay.userId === created.userId &&
        stay.joined.seq < created.seq &&
        (stay.left === undefined || stay.left.seq > created.seq),
    );
    if (!inside) say('a pass was made for somebody without a window', created.seq);
  }
  for (const stay of stays.filter((each) => each.ours)) {
    const made = ours.filter(
      ({ created }) =>
        created.userId === stay.userId &&
        created.seq > stay.joined.seq &&
        created.seq < (stay.left?.seq ?? Number.POSITIVE_INFINITY),
    );
    const max = options.maxPasses ?? 3;
    if (made.length > max)
      say(`more than ${max} passes were made in one window`, ...made.map(({ created }) => created.seq));
  }

  // What was asked is answered: Teams took the message, so somebody waits.
  for (const record of facts.teams) {
    if (record.kind !== 'said' || record.status < 200 || record.status > 299) continue;
    if (options.now - record.at < lateMs) continue;
    const answered = facts.stored.some(
      (each) => each.at >= record.at - TURN_MS && each.conversation.split(';')[0] === record.conversation.split(';')[0],
    );
    const refused = facts.teams.some((each) => each.kind === 'refused' && each.at >= record.at);
    if (!answered && !refused) say('somebody wrote to Onboard and never had an answer', record.seq);
  }
  // An onboarding that had a window is told the end of.
  for (const stay of stays.filter((each) => each.ours && each.left)) {
    const left = stay.left;
    if (!left || options.now - left.at < lateMs) continue;
    const subject = facts.records.people.find((each) => each.id === stay.userId)?.key ?? '';
    const told = facts.stored.some((each) => each.seq > left.seq && each.readers.includes(subject));
    const refused = facts.teams.some((each) => each.kind === 'refused' && each.at >= left.at);
    if (!told && !refused) say('a window ended and the person was never told', left.seq);
  }
  return violations;
}

/** Made, but Onboard cannot know: the answer was withheld, or the product died over it. The window's end finds it. */
function unknownToOnboard(facts: Timeline, created: { readonly seq: number; readonly at: number }): boolean {
  const { graph, product } = facts.records;
  const call = graph.find((each) => each.seq > created.seq && each.write && each.method === 'POST');
  const died = product.some(
    ({ did, at }) => (did === 'killed' || did === 'died') && at >= created.at && at - created.at < TURN_MS,
  );
  return died || call?.answerLost === true;
}
