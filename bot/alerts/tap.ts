import type { Logger } from '../log';
import { type Alert, toAlert } from './alert';
import { isAlertCode } from './codes';

export interface Tap {
  /** The same log; whoever writes an alert into it has raised it. */
  readonly log: Logger;
  /** Where alerts go from now on; those that came before are handed over. */
  attach(sink: (alert: Alert) => void): void;
}

const LEVELS = ['info', 'warn', 'error', 'fatal'] as const;
const MOST_WAITING = 100;

/**
 * Alerts are raised by writing their line into the log: one way, so that none is only half raised, and nobody who finds
 * something has to know who is told. Works at every log level.
 */
export function tapLog(log: Logger, now: () => number): Tap {
  const waiting: Alert[] = [];
  let sink = (alert: Alert): void => {
    if (waiting.length < MOST_WAITING) waiting.push(alert);
  };
  const tapped = Object.create(log) as Logger;
  for (const level of LEVELS) {
    const write = log[level].bind(log) as (...args: unknown[]) => void;
    const both = (...args: unknown[]) => {
      write(...args);
      const line = args[0];
      if (typeof line !== 'object' || line === null) return;
      const { event } = line as { event?: unknown };
      if (isAlertCode(event)) sink(toAlert(event, line, now()));
    };
    // Writable, because a child of this log sets its own.
    Object.defineProperty(tapped, level, { value: both, enumerable: true, writable: true });
  }
  return {
    log: tapped,
    attach(next) {
      sink = next;
      for (const alert of waiting.splice(0)) next(alert);
    },
  };
}
