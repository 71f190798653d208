import type { CardRules } from '../../cards/render';
import type { Onboarding } from '../onboarding/onboarding';
import type { Onboardings } from '../workflow/onboardings';
import type { OutboxRow } from '../workflow/store-port';
import { fromStored } from './answer-data';
import { boardOf, isOnBoard, ON_BOARD } from './board';
import type { Counts } from './counts';
import { backoff, type Failure, failureOf } from './delivery';
import { draw, drawBoard } from './draw';
import { createLanes } from './lanes';
import { createPace } from './pace';
import type { PassScreens } from './pass-screens';
import { costOf, laneOf, type Place, personIn, placeOf } from './post';
import { createReach, type ReachDeps } from './reach';
import { readerOf } from './readers';
import { isWaitedFor, tellUnreached } from './unreached';

export interface SenderDeps extends ReachDeps {
  readonly onboardings: Onboardings;
  readonly rules: CardRules;
  readonly screens: PassScreens;
  readonly counts: Counts;
}

/** Tries to deliver one claimed row and writes down what came of it. `claimedUntil` is epoch ms. Never rejects. */
export type Deliver = (row: OutboxRow, claimedUntil: number) => Promise<void>;

/** How soon a message that is left alone is looked at again. */
const LOOK_AGAIN = 3_000;
/** How soon a guide is drawn again whose reader was faster. */
const DRAW_AGAIN = 300;
/** A send may take ten seconds; with less left of the claim somebody else may have the row before it ends. */
const NEEDED = 11_000;
/** Who cannot be written to may still install the app; after the onboarding has been over for this long, no more. */
const CLOSED_PATIENCE = 60 * 60_000;
/** Teams itself was gone, which says nothing about the person: the news of the end is still owed when it is back. */
const OUTAGE_PATIENCE = 24 * 60 * 60_000;
const ANSWER_TRIES = 8;
/** What changes within this time is one edit of the card that shows many together. */
const BOARD_AFTER = 3_000;
/** How long what has ended stays on it. */
const BOARD_SPAN = 24 * 60 * 60_000;

export function createDeliver(deps: SenderDeps): Deliver {
  const { outbox, clock, log, counts } = deps;
  const reach = createReach(deps);
  const lanes = createLanes();
  const pace = createPace();
  const tries = new Map<string, number>();

  async function settle(row: OutboxRow, code: string, dueAt: number | null): Promise<void> {
    if (dueAt === null) tries.delete(row.id);
    await outbox.failed(row, code, dueAt);
  }

  async function attempt(row: OutboxRow, onboarding: Onboarding | null, place: Place): Promise<void> {
    const now = clock.now();
    const reader = await readerOf(outbox, row, onboarding);
    const board = boardOf(row);
    const drawn = board
      ? drawBoard(await deps.onboardings.askedIn(board, now - BOARD_SPAN), reader, now)
      : draw(row, onboarding, deps.rules, reader);
    if (!drawn) return settle(row, 'nothing-to-draw', null);
    const wait = pace.take(laneOf(place), now, costOf(place));
    if (wait > 0) return settle(row, 'paced', now + wait);
    try {
      const sending = () => reach(place, drawn);
      const at =
        row.message === 'approval' && onboarding ? await deps.screens.editing(onboarding.id, sending) : await sending();
      tries.delete(row.id);
      counts.delivery(row.sentTo?.activity === at.activity ? 'edited' : 'sent');
      // She went on while the edit was on its way: it put an older page over what her press has shown her.
      if (row.sentTo && onboarding && hasTurned(row, onboarding, await view(deps, row)))
        return await settle(row, 'page-turned', clock.now() + DRAW_AGAIN);
      await outbox.sent(row, at);
    } catch (error) {
      const failure = failureOf(error, clock.now());
      const count = (tries.get(row.id) ?? 0) + 1;
      tries.set(row.id, count);
      const hopeless = failure.next === 'never' || isPastHope(onboarding, failure, count, clock.now());
      const dueAt = hopeless ? null : clock.now() + backoff(failure, count);
      // Whatever else is owed there would be refused as well.
      if (dueAt !== null && failure.throttled) pace.hold(laneOf(place), dueAt);
      counts.delivery(failure.code);
      const what = { row: row.id, message: row.message, code: failure.code, tries: count, dueAt };
      if (failure.operator) log.error({ event: 'delivery-refused', ...what });
      else log.warn({ event: 'not-delivered', ...what });
      await settle(row, failure.code, dueAt);
      await speakUp(onboarding, place, failure);
    }
  }

  /** A person to whom nothing can be written is somebody else's to help, and they have to know. */
  async function speakUp(onboarding: Onboarding | null, place: Place, failure: Failure): Promise<void> {
    const person = personIn(place);
    if (failure.next !== 'closed' && failure.next !== 'not-installed') return;
    if (onboarding && person !== null && isWaitedFor(onboarding, person))
      await tellUnreached(outbox, clock, onboarding, person);
  }

  return async (row, claimedUntil) => {
    try {
      const askedIn = row.onboardingId === null ? null : ((await view(deps, row))?.askedIn ?? null);
      const place = await placeOf(row, askedIn, deps);
      if (!place) return await settle(row, 'conversation-unknown', null);
      await lanes.run(laneOf(place), async () => {
        if (clock.now() > claimedUntil - NEEDED) return;
        // Read again: it may have waited for its turn, and what is sent is drawn from how things are now.
        const onboarding = await view(deps, row);
        if (isBeingAnswered(row, onboarding, deps.screens))
          return settle(row, 'pass-on-screen', clock.now() + LOOK_AGAIN);
        // Not owed any more: the handing over and the exit each ask for this edit anew. Kept waiting, it would hold up
        // everything else that this approver should see, for as long as the pass is on the screen.
        if (row.sentTo && mustLeaveAlone(row, onboarding)) return outbox.sent(row, row.sentTo);
        if (onboarding && (await isOnBoard(deps, row, onboarding))) {
          await outbox.board(onboarding.askedIn, clock.now() + BOARD_AFTER);
          return outbox.sent(row, { conversation: onboarding.askedIn, activity: ON_BOARD });
        }
        await attempt(row, onboarding, place);
      });
    } catch (error) {
      // The store did not answer. The claim runs out, and the row is still owed.
      log.error({ event: 'delivery-failed', row: row.id, message: row.message, error });
    }
  };
}

/** The approver's message is not touched from the click that may show a pass until it is handed over or it is over. */
export function mustLeaveAlone(row: OutboxRow, onboarding: Onboarding | null): boolean {
  if (!onboarding || !isEditOfApproval(row)) return false;
  const underWay = onboarding.state === 'opening' || onboarding.state === 'open';
  const approvers = 'person' in row.to && row.to.person === onboarding.approvedBy?.id;
  return approvers && underWay && onboarding.handedOverAt === undefined && onboarding.exit === undefined;
}

/** Turning a page owes nobody an edit, so an edit that was drawn before it has to be made good here. */
function hasTurned(row: OutboxRow, drawn: Onboarding, now: Onboarding | null): boolean {
  if (row.message !== 'guide' || now === null) return false;
  return drawn.guideAt?.route !== now.guideAt?.route || drawn.guideAt?.step !== now.guideAt?.step;
}

function isBeingAnswered(row: OutboxRow, onboarding: Onboarding | null, screens: PassScreens): boolean {
  return onboarding !== null && isEditOfApproval(row) && screens.isHeld(onboarding.id);
}

function isEditOfApproval(row: OutboxRow): boolean {
  return row.message === 'approval' && row.live && row.sentTo !== null;
}

/** A reply is worth little after a while; a card is owed as long as somebody may act on it. */
function isPastHope(onboarding: Onboarding | null, { next }: Failure, count: number, now: number): boolean {
  if (!onboarding) return count >= ANSWER_TRIES;
  const patience = next === 'retry' || next === 'slowly' ? OUTAGE_PATIENCE : CLOSED_PATIENCE;
  return onboarding.closedAt !== undefined && now - onboarding.closedAt > patience;
}

async function view({ onboardings }: SenderDeps, row: OutboxRow): Promise<Onboarding | null> {
  const answer = row.message === 'answer' ? fromStored(row.data) : null;
  const aboutOne = answer?.kind === 'onboarding' || answer?.kind === 'unreached';
  const id = row.onboardingId ?? (aboutOne ? answer.id : null);
  return id === null ? null : onboardings.view(id);
}
