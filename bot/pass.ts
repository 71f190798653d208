import { inspect } from 'node:util';

/**
 * The code of a Temporary Access Pass, in memory only.
 *
 * It prints `[redacted]` in every way JavaScript can be made to print an object, so that a log line, an error or a
 * snapshot that catches one by accident holds nothing. `reveal()` is the only way out and has one call site: the card
 * that answers the approver's click. A test greps the tree for a second one.
 */
export class Pass {
  readonly #code: string;

  constructor(code: string) {
    this.#code = code;
  }

  /** The code itself. Only for the answer to the approver's click. */
  reveal(): string {
    return this.#code;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [Symbol.toPrimitive](): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}
