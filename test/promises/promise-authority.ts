import { allStrings } from './cards';
import { isAbout } from './promise-approval';
import { type Click, caseIdOf, pressedAt, type Timeline } from './timeline';
import type { Violation } from './types';
import { APPROVE } from './words';

/**
 * Promise 8: nothing that a client sends is authority. A click that repeats no offer of the bot - another nonce,
 * another onboarding, a person put into its data - has no effect.
 */
export function checkAuthority(facts: Timeline): Violation[] {
  const invented = facts.clicks.filter((click) => !facts.offered(click));
  return invented.flatMap((click) => [...shownFor(facts, click), ...openedFor(facts, click)]);
}

function shownFor(facts: Timeline, click: Click): Violation[] {
  return facts.shown
    .filter((shown) => shown.click === click)
    .map(() => ({ promise: 8, what: 'an invented click was answered with a pass', evidence: [click.seq] }));
}

/** A window that only an invented click can explain. */
function openedFor(facts: Timeline, click: Click): Violation[] {
  const strings = allStrings(click.data);
  return facts.stays
    .filter((stay) => stay.ours && stay.joined.at >= pressedAt(click))
    .filter((stay) => {
      const owner = facts.caseOf(stay);
      const approved = owner?.clicks.some((each) => APPROVE.test(each.verb) && pressedAt(each) <= stay.joined.at);
      if (approved && owner && isAbout(facts, owner, stay.userId)) return false;
      return (
        strings.includes(stay.userId) ||
        (owner !== undefined && owner.id === caseIdOf(click.data)) ||
        owner === undefined
      );
    })
    .map((stay) => ({
      promise: 8,
      what: 'a window was opened on the word of an invented click',
      evidence: [click.seq, stay.joined.seq],
    }));
}
