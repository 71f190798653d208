import type { Card } from './card';
import { panel } from './panel';
import { t } from './strings/strings';
import { plain } from './text';

/** What an administrator is alerted to that is about no single onboarding; each code is one of the alert codes. */
export type GroupAlert =
  | 'sweep-unknown-members'
  | 'sweep-group-looks-wrong'
  | 'sweep-late'
  | 'sweep-removes'
  | 'sweep-removal-failed'
  | 'store-restored'
  | 'ledger-tail-differs'
  | 'exit-unrecorded';

/** It names nobody: who it is about stands in the log and, where there is one, in the webhook's message. */
export function renderGroupAlert(code: GroupAlert, count: number): Card {
  return panel({
    title: t('groupAlert.title'),
    tone: 'attention',
    lines: [t(`groupAlert.${code}`, { number: plain(String(count)) })],
    facts: [{ title: t('groupAlert.code'), value: plain(code) }],
  });
}
