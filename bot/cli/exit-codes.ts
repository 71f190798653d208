/** How `onboard` ends. docs/running.md explains them; scripts may rely on them. */
export const EXIT = {
  done: 0,
  /** Something did not work; the message says what. */
  failed: 1,
  /** The command line or the configuration has to be changed. */
  usage: 2,
  /** `ledger verify` found the ledger altered, shortened or rolled back. */
  ledgerBroken: 3,
  /** `stop`, `sweep` and `watchdog --once`: carried on, but somebody may still be in the onboarding group. */
  unfinished: 4,
  /** `watchdog --once`: the product is silent, and the group was emptied or was empty. */
  acted: 5,
} as const;

/** An end with a sentence for the person at the terminal, and no stack. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }
}
