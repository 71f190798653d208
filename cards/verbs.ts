/** What a button on a card can ask for. The names are part of stored messages: do not rename one, add another. */
export const verbs = [
  'approve',
  'approve-and-show',
  'second-approve',
  'decline',
  'show-pass',
  'handed-over',
  'stop',
  'cancel',
  'done',
  'confirm-handled',
  'guide',
  'language',
  'choose',
  'not-mine',
] as const;

export type Verb = (typeof verbs)[number];

/** What every button says about itself. It names and never proves: everything in it is checked again. */
export interface ActionData {
  readonly verb: Verb;
  readonly onboarding: string;
  readonly nonce: string;
  readonly version: number;
  /** For `guide`: which way and which step to show; nothing is stored of it. */
  readonly route?: string;
  readonly step?: number;
  /** For `language`: its tag. */
  readonly language?: string;
}
