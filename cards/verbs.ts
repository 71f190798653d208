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
  'stuck',
  'stuck-look',
  'stuck-help',
  'want-pass',
  'recover',
] as const;

export type Verb = (typeof verbs)[number];

/** What every button says about itself. It names and never proves: everything in it is checked again. */
export interface ActionData {
  readonly verb: Verb;
  readonly onboarding: string;
  readonly nonce: string;
  readonly version: number;
  /** For `guide` and `stuck`: which way and which step. */
  readonly route?: string;
  readonly step?: number;
  /** For `stuck`: where it is, and what is seen, as the catalogue calls it. */
  readonly at?: string;
  readonly saw?: string;
  /** For `recover`: whom it is about; looked up again. */
  readonly person?: string;
  /** For `language`: its tag. */
  readonly language?: string;
}
