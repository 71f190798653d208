import { needsHandling, type Onboarding } from '../bot/onboarding/onboarding';
import type { Card, Viewer } from './card';
import { outcomeText, referenceOf, stateText } from './facts';
import { type Fact, panel } from './panel';
import { t } from './strings/strings';
import { md, type Safe } from './text';
import { clockTime } from './when';

/** From so many that are open in one conversation they are shown on one card instead of one card each. */
export const BOARD_FROM = 20;
/** As many open ones as a phone can be asked to scroll through. */
const MOST_OPEN = 30;
const MOST_TO_LOOK_AT = 8;

/**
 * Everything that was asked for in one conversation: what is open, what somebody must look at, and how the rest ended.
 * `at` is when it was drawn, epoch ms; a card of many changes is edited seldom, and says how old it is.
 */
export function renderBoard(onboardings: readonly Onboarding[], viewer: Viewer, at: number): Card {
  const open = onboardings.filter(({ state }) => state !== 'closed').sort(byUrgency);
  const toLookAt = onboardings.filter(needsHandling);
  const ended = onboardings.filter((one) => one.state === 'closed');
  const shown = open.slice(0, MOST_OPEN);
  return panel({
    title: t('board.title'),
    tone: toLookAt.length > 0 ? 'attention' : 'accent',
    lines: [
      t('board.open', { count: open.length }),
      ...(ended.length > 0 ? [t('board.ended', { list: outcomes(ended) })] : []),
      ...toLookAt
        .slice(0, MOST_TO_LOOK_AT)
        .map((one) => t('board.look', { reference: referenceOf(one), subject: md(one.subject.displayName) })),
      ...(shown.length < open.length ? [t('list.more', { count: open.length - shown.length })] : []),
    ],
    facts: shown.map((one) => row(one, viewer)),
    footer: t('board.footer', { at: clockTime(at, viewer.zone) }),
  });
}

/** Open windows first, the one that closes next at the top; then what waits for people, oldest first. */
function byUrgency(a: Onboarding, b: Onboarding): number {
  const closes = (one: Onboarding) => one.deadline ?? Number.POSITIVE_INFINITY;
  return closes(a) === closes(b) ? a.number - b.number : closes(a) - closes(b);
}

function row(onboarding: Onboarding, { zone }: Viewer): Fact {
  const state = stateText(onboarding);
  const subject = md(onboarding.subject.displayName);
  const { deadline } = onboarding;
  const until = deadline === undefined || onboarding.exit ? undefined : clockTime(deadline, zone);
  return {
    title: referenceOf(onboarding),
    value: until === undefined ? t('board.row', { subject, state }) : t('board.rowUntil', { subject, state, until }),
  };
}

/** `completed 12, stopped 1`. */
function outcomes(ended: readonly Onboarding[]): Safe {
  const counts = new Map<string, number>();
  for (const { outcome = 'cancelled' } of ended) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${outcomeText(outcome)} ${count}`).join(', ') as Safe;
}
