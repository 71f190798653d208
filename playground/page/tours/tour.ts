import type { Places } from './places';

/** One step of a tour. */
export interface Step {
  readonly title: string;
  /** What happens and why it matters, in two or three sentences. */
  readonly text: string;
  /** What is done, with the same buttons that a mouse would press. Carried out once. */
  readonly act?: (places: Places) => Promise<void>;
  /** What to look at afterwards, and when somebody comes back to this step. */
  readonly look?: () => Element | null;
}

export interface Tour {
  readonly id: string;
  readonly name: string;
  /** What it shows, in one sentence. */
  readonly about: string;
  /** Who is on the three seats at the start, by key. */
  readonly cast: readonly [string, string, string];
  readonly steps: readonly Step[];
}
