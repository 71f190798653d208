import type { NoticeMessage } from '../bot/onboarding/decision';
import type { Onboarding } from '../bot/onboarding/onboarding';
import { addedLines, handledButtons } from './added';
import { renderPassWanted } from './approval';
import { renderCall } from './call';
import type { Card, Viewer } from './card';
import { closedPanel } from './closed';
import { findingLines, referenceOf, stateText } from './facts';
import { panel } from './panel';
import { t } from './strings/strings';
import { renderSubjectNotice } from './subject';
import { md } from './text';
import { dateTime } from './when';

/** A message that is sent once. */
export function renderNotice(kind: NoticeMessage, onboarding: Onboarding, viewer: Viewer): Card {
  switch (kind) {
    case 'approver-closed':
    case 'requester-closed':
      return panel(closedPanel(onboarding, viewer));
    case 'approver-reminder': {
      const subject = md(onboarding.subject.displayName);
      if (onboarding.state !== 'requested')
        return panel({
          title: t('status.title', { reference: referenceOf(onboarding), subject }),
          lines: [t('reminder.settled', { state: stateText(onboarding) })],
        });
      return panel({
        title: t('reminder.title', { subject }),
        tone: 'warning',
        lines: [
          t('reminder.text', {
            requester: md(onboarding.requester.displayName),
            asked: dateTime(onboarding.requestedAt, viewer.zone),
            until: dateTime(onboarding.expiresAt, viewer.zone),
          }),
        ],
        footer: referenceOf(onboarding),
      });
    }
    case 'approver-old-gone': {
      const subject = md(onboarding.subject.displayName);
      if (onboarding.state !== 'approved') return settled(onboarding);
      const until = onboarding.useBy === undefined ? t('time.unknown') : dateTime(onboarding.useBy, viewer.zone);
      return panel({
        title: t('oldGone.title', { subject }),
        tone: 'accent',
        lines: [t('oldGone.text', { subject, until })],
        footer: referenceOf(onboarding),
      });
    }
    case 'helpdesk-called':
      return renderCall(onboarding, viewer);
    case 'approver-pass-wanted':
      return renderPassWanted(onboarding, viewer);
    case 'approver-start': {
      const subject = md(onboarding.subject.displayName);
      const until = onboarding.useBy === undefined ? t('time.unknown') : dateTime(onboarding.useBy, viewer.zone);
      return onboarding.state === 'approved'
        ? panel({
            title: t('start.title', { subject }),
            tone: 'accent',
            lines: [t('start.text', { subject, until })],
            footer: referenceOf(onboarding),
          })
        : panel({
            title: t('status.title', { reference: referenceOf(onboarding), subject }),
            lines: [t('reminder.settled', { state: stateText(onboarding) })],
          });
    }
    case 'alert':
      return panel({
        title: t('alert.title', {
          reference: referenceOf(onboarding),
          subject: md(onboarding.subject.displayName),
        }),
        tone: 'attention',
        lines: [t('alert.text'), ...findingLines(onboarding), ...addedLines(onboarding, viewer)],
        buttons: handledButtons(onboarding),
      });
    default:
      return renderSubjectNotice(kind, onboarding, viewer);
  }
}

function settled(onboarding: Onboarding): Card {
  return panel({
    title: t('status.title', { reference: referenceOf(onboarding), subject: md(onboarding.subject.displayName) }),
    lines: [t('reminder.settled', { state: stateText(onboarding) })],
  });
}
