import type { NoticeMessage } from '../bot/onboarding/decision';
import type { Onboarding } from '../bot/onboarding/onboarding';
import type { Card, Viewer } from './card';
import { closedPanel } from './closed';
import { findingLines, referenceOf } from './facts';
import { panel } from './panel';
import { t } from './strings/strings';
import { renderSubjectNotice } from './subject';
import { md } from './text';

/** A message that is sent once. */
export function renderNotice(kind: NoticeMessage, onboarding: Onboarding, viewer: Viewer): Card {
  switch (kind) {
    case 'approver-closed':
    case 'requester-closed':
      return panel(closedPanel(onboarding, viewer));
    case 'alert':
      return panel({
        title: t('alert.title', {
          reference: referenceOf(onboarding),
          subject: md(onboarding.subject.displayName),
        }),
        tone: 'attention',
        lines: [t('alert.text'), ...findingLines(onboarding)],
      });
    default:
      return renderSubjectNotice(kind, onboarding, viewer);
  }
}
