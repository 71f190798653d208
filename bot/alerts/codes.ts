/**
 * Every alert by its stable code. Each is a line in the log (`event`), is counted, and goes to the webhook where there is
 * one; docs/running.md says what to do about each. Every line at level error has to be here; a test compares.
 */
export const ALERT_CODES = [
  // somebody may be exempt who should not be
  'exit-overdue',
  'sweep-late',
  'sweep-removes',
  'sweep-unknown-members',
  'sweep-group-looks-wrong',
  'sweep-removal-failed',
  'aftercare-finding',
  'onboarding-frozen',
  'passkey-removal-refused',
  // the watchdog
  'watchdog-acted',
  'watchdog-unfinished',
  'watchdog-cannot-act',
  'watchdog-cannot-read',
  'watchdog-group-looks-wrong',
  'watchdog-state-not-saved',
  // the record
  'store-restored',
  'restore-treated',
  'ledger-tail-differs',
  'sweep-unrecorded',
  'exit-unrecorded',
  // abuse, or a mistake in the set-up
  'many-requests',
  'many-for-approver',
  'sender-floods',
  'opening-refused',
  // what Onboard stands on
  'store-unavailable',
  'outbox-unreadable',
  'alert-not-delivered',
  'delivery-refused',
  // a fault in Onboard
  'activity-failed',
  'click-failed',
  'click-late',
  'delivery-failed',
  'fault',
  'late-click-failed',
  'request-broken',
  'server-error',
  'start-failed',
  'step-broken',
  'stop-failed',
  'stop-timed-out',
  'turn-failed',
  'worker-broken',
] as const;

export type AlertCode = (typeof ALERT_CODES)[number];

const KNOWN: ReadonlySet<string> = new Set(ALERT_CODES);

export function isAlertCode(event: unknown): event is AlertCode {
  return typeof event === 'string' && KNOWN.has(event);
}
