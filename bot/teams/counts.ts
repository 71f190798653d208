/** What is counted of the conversation; bot/alerts/metrics keeps the numbers. Never a person, a text or an id. */
export interface Counts {
  /** An activity that was turned away before anything was done, and why. */
  turnedAway(why: TurnedAway): void;
  /** A message on its way out: `sent`, `edited`, or the code of its failure. */
  delivery(what: string): void;
}

export type TurnedAway =
  | 'no-activity'
  | 'other-channel'
  | 'delivery-mode'
  | 'no-proof'
  | 'keys-out-of-reach'
  | 'malformed'
  | 'channel'
  | 'tenant'
  | 'guest'
  | 'service-url'
  | 'bot'
  | 'nameless'
  | 'too-many'
  | 'crowded';

export const noCounts: Counts = { turnedAway: () => undefined, delivery: () => undefined };
