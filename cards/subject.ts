import type { NoticeMessage } from '../bot/onboarding/decision';
import type { Onboarding } from '../bot/onboarding/onboarding';
import { button, type Card, type Viewer } from './card';
import { isWhollyReadBack, methodName, passkeyName, readBackFacts } from './facts';
import { type Drawer, type Panel, panel } from './panel';
import { isKey, t, words } from './strings/strings';
import { md, type Safe } from './text';
import { clockTime, dateTime } from './when';

export type SubjectNotice = Extract<NoticeMessage, `subject-${string}`>;

/** What the person who gets the passkey is told once. */
export function renderSubjectNotice(kind: SubjectNotice, onboarding: Onboarding, viewer: Viewer): Card {
  const safe = t('card.safe');
  const notMe = button(onboarding, 'stop', t('button.notMe'), { style: 'destructive' });
  const done = button(onboarding, 'done', t('button.done'), { style: 'positive' });
  const passkey = passkeyName(onboarding);
  switch (kind) {
    case 'subject-passkey-seen': {
      const seenAt = onboarding.passkey?.seenAt;
      const at = seenAt === undefined ? t('time.unknown') : clockTime(seenAt, viewer.zone);
      return panel({
        title: t('subject.passkeySeen.title'),
        tone: 'good',
        lines: [t('subject.passkeySeen.text', { passkey, at }), t('subject.passkeySeen.notYou')],
        footer: safe,
        buttons: [done, notMe],
      });
    }
    case 'subject-half-time':
    case 'subject-last-minutes': {
      const name = kind === 'subject-half-time' ? 'halfTime' : 'lastMinutes';
      // Read late, it must not speak of a window that is there no more.
      if (onboarding.state !== 'open')
        return panel({ title: t(`subject.${name}.title`), lines: [t('subject.reminder.over')], footer: safe });
      const until = onboarding.deadline === undefined ? t('time.unknown') : clockTime(onboarding.deadline, viewer.zone);
      return panel({
        title: t(`subject.${name}.title`),
        tone: kind === 'subject-half-time' ? 'default' : 'warning',
        lines: [t(`subject.${name}.text`, { until })],
        footer: safe,
        buttons: [done],
      });
    }
    case 'subject-authenticator-seen':
      return panel({
        title: t('subject.authenticatorSeen.title'),
        lines: [t('subject.authenticatorSeen.text')],
        footer: safe,
        buttons: [done],
      });
    case 'subject-wrong-kind':
      return panel({
        title: t('subject.wrongKind.title'),
        tone: 'warning',
        lines: [t('subject.wrongKind.text', { passkey: methodName(onboarding.wrongKind?.displayName) })],
        footer: safe,
        buttons: [done, notMe],
      });
    case 'subject-closed':
      return panel(subjectClosedPanel(onboarding, viewer));
  }
}

/** How to live with it, one part to open at a time. */
function afterwardsDrawers(): readonly Drawer[] {
  return (['phone', 'computer', 'second', 'lost'] as const).map((part) => ({
    title: t(`after.${part}.title`),
    lines: [1, 2, 3].flatMap((line) => {
      const key = `after.${part}.${line}`;
      return isKey(key) ? [words(key, {})] : [];
    }),
    buttons: [],
  }));
}

function addedAt({ passkey }: Onboarding, { zone }: Viewer): Safe {
  return passkey ? dateTime(passkey.seenAt, zone) : t('time.unknown');
}

/** How it ended, for the subject. */
export function subjectClosedPanel(onboarding: Onboarding, viewer: Viewer): Panel {
  const footer = t('card.safe');
  if (onboarding.deniedAt !== undefined) {
    const approver = md((onboarding.approvedBy ?? onboarding.approver).displayName);
    return { title: t('denied.title'), tone: 'attention', lines: [t('denied.text', { approver })], footer };
  }
  const outcome = onboarding.outcome ?? onboarding.exit?.outcome;
  switch (outcome) {
    case 'completed':
      return {
        title: t('subject.completed.title'),
        tone: 'good',
        lines: [
          t('subject.completed.text', { passkey: passkeyName(onboarding) }),
          ...(onboarding.exit?.passGoneAt === undefined ? [] : [t('subject.completed.code')]),
          ...(onboarding.recovery ? [t('subject.recovered.clean')] : []),
          t('subject.completed.notYou', { at: addedAt(onboarding, viewer) }),
        ],
        facts: isWhollyReadBack(onboarding) ? [] : readBackFacts(onboarding, viewer),
        footer,
        buttons: [button(onboarding, 'stop', t('button.notMe'), { style: 'destructive' })],
        drawers: afterwardsDrawers(),
      };
    case 'lapsed':
    case 'stopped':
    case 'frozen':
      // Closed only once all of it was read back; until then nothing is said to be over.
      return onboarding.state === 'closed'
        ? {
            title: t(`subject.${outcome}.title`),
            tone: outcome === 'frozen' ? 'attention' : 'warning',
            lines: [t(`subject.${outcome}.text`)],
            footer,
          }
        : {
            title: t('subject.ending.title'),
            tone: outcome === 'frozen' ? 'attention' : 'warning',
            lines: [t(outcome === 'frozen' ? 'subject.ending.frozen' : 'subject.ending.text')],
            footer,
          };
    default:
      return { title: t('subject.unopened.title'), lines: [t('subject.unopened.text')], footer };
  }
}
