import type { CardRules } from '../../cards/render';
import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { Onboarding } from '../onboarding/onboarding';
import type { Onboardings } from '../workflow/onboardings';
import type { OutboxRow } from '../workflow/store-port';
import { fromStored } from './answer-data';
import { backoff, type Failure, failureOf } from './delivery';
import { draw } from './draw';
import { createLanes } from './lanes';
import { createPace } from './pace';
import type { PassScreens } from './pass-screens';
import { laneOf, type Place, type PostDeps, placeOf, post } from './post';

export interface SenderDeps extends PostDeps {
  readonly onboardings: Onboardings;
  readonly rules: CardRules;
  readonly screens: PassScreens;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Tries to deliver one claimed row and writes down what came of it. `claimedUntil` is epoch ms. Never rejects. */
export type Deliver = (row: OutboxRow, claimedUntil: number) => Promise<void>;

/** How soon a message that is left alone is looked at again. */
const LOOK_AGAIN = 3_000;
/** A send may take ten seconds; with less left of the claim somebody else may have the row before it ends. */
const NEEDED = 11_000;
/** Who cannot be written to may still install the app; after the onboarding has been over for this long, no more. */
const CLOSED_PATIENCE = 60 * 60_000;
/** Teams itself was gone, which says nothing about the person: the news of the end is still owed when it is back. */
const OUTAGE_PATIENCE = 24 * 60 * 60_000;
const ANSWER_TRIES = 8;

export function createDeliver(deps: SenderDeps): Deliver {
  const { outbox, clock, log } = deps;
  const lanes = createLanes();
  const pace = createPace();
  const tries = new Map<string, number>();

  async function settle(row: OutboxRow, code: string, dueAt: number | null): Promise<void> {
    if (dueAt === null) tries.delete(row.id);
    await outbox.failed(row, code, dueAt);
  }

  async function attempt(row: OutboxRow, onboarding: Onboarding | null, place: Place): Promise<void> {
    const now = clock.now();
    const drawn = draw(row, onboarding, deps.rules);
    if (!drawn) return settle(row, 'nothing-to-draw', null);
    const wait = pace.take(laneOf(place), now);
    if (wait > 0) return settle(row, 'paced', now + wait);
    try {
      const sending = () => post(deps, place, drawn);
      const at =
        row.message === 'approval' && onboarding ? await deps.screens.editing(onboarding.id, sending) : await sending();
      tries.delete(row.id);
      await outbox.sent(row, at);
    } catch (error) {
      const failure = failureOf(error, clock.now());
      const count = (tries.get(row.id) ?? 0) + 1;
      tries.set(row.id, count);
      const hopeless = failure.next === 'never' || isPastHope(onboarding, failure, count, clock.now());
      const dueAt = hopeless ? null : clock.now() + backoff(failure, count);
      log.warn({ event: 'not-delivered', row: row.id, message: row.message, code: failure.code, tries: count, dueAt });
      await settle(row, failure.code, dueAt);
    }
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

function isBeingAnswered(row: OutboxRow, onboarding: Onboarding | null, screens: PassScreens): boolean {
  return onboarding !== null && isEditOfApproval(row) && screens.isHeld(onboarding.id);
}

function isEditOfApproval(row: OutboxRow): boolean {
  return row.message === 'approval' && row.live && row.sentTo !== null;
}

/** A reply is worth little after a while; a card is owed as long as somebody may act on it. */
function isPastHope(onboarding: Onboarding | null, { next }: Failure, count: number, now: number): boolean {
  if (!onboarding) return count >= ANSWER_TRIES;
  const patience = next === 'retry' ? OUTAGE_PATIENCE : CLOSED_PATIENCE;
  return onboarding.closedAt !== undefined && now - onboarding.closedAt > patience;
}

async function view({ onboardings }: SenderDeps, row: OutboxRow): Promise<Onboarding | null> {
  const answer = row.message === 'answer' ? fromStored(row.data) : null;
  const id = row.onboardingId ?? (answer?.kind === 'onboarding' ? answer.id : null);
  return id === null ? null : onboardings.view(id);
}
