import type { Confirmed } from '../onboarding/approval';
import type { Method } from '../onboarding/method';
import type { Onboarding } from '../onboarding/onboarding';
import type { Person, PersonId } from '../onboarding/person';
import type { RecoverAsk } from '../onboarding/recovery';
import type { Refusal } from '../onboarding/refusal';
import type { RequestWords } from '../onboarding/request';
import type { Route } from '../onboarding/routes';
import type { StuckSaid } from '../onboarding/stuck';
import type { Pass } from '../pass';

/**
 * Everything a person can do, as the conversation (bot/teams) and the command line call it. Who acts comes from the
 * authenticated activity, never from a card. Every method may be called twice; the second caller is told the outcome.
 * Nothing throws for a wrong input or an unreachable tenant: that is a Refusal.
 */
export interface Onboardings {
  /** `who` is the text that helpdesk typed, or the object id of a person chosen on a card. */
  request(ask: RequestAsk): Promise<RequestAnswer>;
  /** What could be recovered of whoever is meant, for helpdesk to choose from. Changes nothing. */
  recoverable(ask: Pick<RequestAsk, 'requester' | 'who'>): Promise<RecoverAnswer>;
  approve(click: Click, confirmed: Confirmed): Promise<Answer>;
  /** Not theirs to decide: it goes up the manager line, or to a listed fallback. */
  passOn(click: Click): Promise<Answer>;
  secondApprove(click: Click): Promise<Answer>;
  decline(click: Click, why: string): Promise<Answer>;
  /** Opens the window when it is not open yet, waits for the worker at most 2 s, mints when there is time. */
  showPass(click: Click): Promise<PassAnswer>;
  handedOver(click: Click): Promise<Answer>;
  /** Helpdesk, the approver, or the subject. */
  stop(click: Click): Promise<Answer>;
  /** The subject says she is finished; shortens the settling and wakes the watch. */
  done(click: Click): Promise<Answer>;
  /** The subject turns a page of her guide; `null` goes back to the choice of a way. */
  turnPage(click: Click, place: { readonly route: Route; readonly step: number } | null): Promise<Answer>;
  /** The subject says what she sees; her passkeys are looked for at once. */
  saySeen(click: Click, said: StuckSaid): Promise<Answer>;
  /** The subject asks for a person at the helpdesk, who gets all that is known. */
  callHelp(click: Click): Promise<Answer>;
  /** Helpdesk or an approver, not the subject: what was found after the end has been put right. */
  confirmHandled(click: Click): Promise<Answer>;
  cancel(by: PersonId, number: number): Promise<Answer>;
  /** Everything a card needs; `null` when there is no such onboarding or the nonce is wrong. */
  view(id: string): Promise<Onboarding | null>;
  /** One onboarding by its number, for helpdesk and for whoever has a part in it. */
  find(by: PersonId, number: number): Promise<Onboarding | Refusal>;
  list(by: PersonId): Promise<readonly Onboarding[] | Refusal>;
  /** The latest onboardings of whoever is called so, newest first, for helpdesk. */
  lookUp(
    by: PersonId,
    who: { readonly text: string } | { readonly id: PersonId },
  ): Promise<readonly Onboarding[] | Refusal>;
  /** Puts the button for another pass before the approver once more. Makes no pass. */
  wantPass(by: PersonId, number: number): Promise<Answer>;
  /** No new windows from now on, or windows again; for administrators. Exits go on in both. */
  setPaused(by: PersonId, paused: boolean): Promise<{ readonly changed: boolean } | Refusal>;
  /** What was asked for in one conversation and is open, or ended since then; for the card that shows them together. */
  askedIn(conversation: string, endedSince: number): Promise<readonly Onboarding[]>;

  /** From the command line: no Teams, no approver. */
  operatorStop(number: number | 'all', operator: string): Promise<readonly Onboarding[]>;
}

export interface RequestAsk {
  readonly requester: PersonId;
  readonly who: { readonly text: string } | { readonly id: PersonId };
  /** The conversation to which the live card goes. */
  readonly askedIn: string;
  /** What was said besides whom. */
  readonly words?: RequestWords;
  /** The old passkey is lost, stolen or replaced. Left out: there is none. */
  readonly recover?: RecoverAsk;
  /** When it shall begin at the earliest, epoch ms; at most 30 days ahead. Left out: as soon as it is approved. */
  readonly startAt?: number;
}

export type RequestAnswer =
  | { readonly kind: 'requested'; readonly onboarding: Onboarding }
  | { readonly kind: 'choose'; readonly people: readonly Person[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type RecoverAnswer =
  | {
      readonly kind: 'recover';
      readonly person: Person;
      /** `accepted`: the company accepts this kind, so it could be another way to sign in. */
      readonly passkeys: readonly (Method & { readonly accepted: boolean })[];
      /** Whether Onboard deletes the chosen ones itself. */
      readonly deletes: boolean;
    }
  | Exclude<RequestAnswer, { readonly kind: 'requested' }>;

/** A click, or a command about one onboarding. `nonce` and `version` are what the card said: checked, never believed. */
export interface Click {
  readonly by: PersonId;
  readonly onboardingId: string;
  readonly nonce: string;
  readonly version: number;
  /** When the request with the click came in, epoch ms; the time that is left for the answer counts from here. */
  readonly arrivedAt?: number;
}

export type Answer =
  | { readonly kind: 'ok'; readonly onboarding: Onboarding }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly onboarding?: Onboarding };

export type PassAnswer =
  | { readonly kind: 'pass'; readonly pass: Pass; readonly onboarding: Onboarding }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly onboarding?: Onboarding };
