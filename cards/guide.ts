import type { Onboarding } from '../bot/onboarding/onboarding';
import { type Button, button, type Card, type Viewer } from './card';
import { passkeyName, referenceOf } from './facts';
import { languageButtons } from './languages-card';
import { type Drawer, panel } from './panel';
import { type Route, routes, stepsOf, t } from './strings/strings';
import { subjectClosedPanel } from './subject';
import { md, type Safe } from './text';
import { clockTime } from './when';

/** Where a reader of the guide is. Nothing of it is stored: it travels in the buttons. */
export interface GuidePlace {
  readonly route: Route;
  /** From 0; out of range is brought into range. */
  readonly step: number;
}

/** What leads the subject through the set-up: first the choice of a way, then one step at a time. */
export function renderGuide(onboarding: Onboarding, viewer: Viewer, place?: GuidePlace): Card {
  if (onboarding.state === 'closed' || (onboarding.exit && onboarding.exit.outcome !== 'completed'))
    return panel(subjectClosedPanel(onboarding, viewer));
  return place ? renderStep(onboarding, viewer, place) : renderStart(onboarding, viewer);
}

function renderStart(onboarding: Onboarding, viewer: Viewer): Card {
  const approver = md((onboarding.approvedBy ?? onboarding.approver).displayName);
  const requester = md(onboarding.requester.displayName);
  const seen = progress(onboarding, viewer);
  return panel({
    title: t('guide.title'),
    tone: 'accent',
    lines: [
      ...(onboarding.passkey ? [] : [t('guide.hello', { requester, approver }), t('guide.code', { approver })]),
      ...(onboarding.openedAt === undefined ? [t('guide.notYet', { approver })] : until(onboarding, viewer)),
      ...seen,
      ...(onboarding.passkey ? [] : [t('guide.choose')]),
    ],
    footer: t('card.safe'),
    buttons: [
      ...(onboarding.passkey
        ? []
        : routes.map((route) => button(onboarding, 'guide', t(`guide.route.${route}`), { route, step: 0 }))),
      ...doneButton(onboarding),
    ],
    drawers: [stuck(onboarding)],
    languages: languageButtons(onboarding),
  });
}

function renderStep(onboarding: Onboarding, viewer: Viewer, place: GuidePlace): Card {
  const { route } = place;
  const steps = stepsOf(route);
  const step = Math.min(Math.max(Math.trunc(place.step), 0), steps.length - 1);
  const to = (target: number, title: Safe, style: Button['style'] = 'default') =>
    button(onboarding, 'guide', title, { route, step: target, style });
  return panel({
    title: t('guide.step', { route: t(`guide.route.${route}`), step: step + 1, steps: steps.length }),
    lines: progress(onboarding, viewer),
    big: t(steps[step] ?? 'step.before.1', { upn: md(onboarding.subject.userPrincipalName) }),
    footer: [...until(onboarding, viewer), t('card.safe')].join(' ') as Safe,
    buttons: [
      ...(step > 0 ? [to(step - 1, t('button.back'))] : []),
      ...(step < steps.length - 1 ? [to(step + 1, t('button.next'), 'positive')] : []),
      ...doneButton(onboarding),
      button(onboarding, 'guide', t('button.routes')),
    ],
    drawers: [stuck(onboarding)],
  });
}

function until(onboarding: Onboarding, { zone }: Viewer): Safe[] {
  // Once the exit has begun the window closes when it can, not at its deadline.
  if (onboarding.deadline === undefined || onboarding.exit) return [];
  return [t('guide.until', { until: clockTime(onboarding.deadline, zone) })];
}

function progress(onboarding: Onboarding, { zone }: Viewer): Safe[] {
  const { passkey } = onboarding;
  if (onboarding.state === 'closing' && onboarding.doneSaidAt !== undefined) return [t('guide.closing')];
  if (passkey)
    return [t('guide.passkeySeen', { passkey: passkeyName(onboarding), at: clockTime(passkey.seenAt, zone) })];
  return [
    ...(onboarding.authenticatorSeenAt === undefined ? [] : [t('guide.authenticatorSeen')]),
    ...(onboarding.doneSaidAt === undefined ? [] : [t('guide.doneSaid')]),
  ];
}

function doneButton(onboarding: Onboarding): Button[] {
  const { openedAt, state, doneSaidAt } = onboarding;
  // Said and heard. The answer may stay on a message that is not edited any more, and must not ask for it again there.
  if (openedAt === undefined || (state === 'closing' && doneSaidAt !== undefined)) return [];
  return [button(onboarding, 'done', t('button.done'), { style: 'positive' })];
}

function stuck(onboarding: Onboarding): Drawer {
  const approver = md((onboarding.approvedBy ?? onboarding.approver).displayName);
  return {
    title: t('button.stuck'),
    lines: [
      t('guide.stuck.title'),
      t('guide.stuck.code', { approver }),
      t('guide.stuck.loop'),
      t('guide.stuck.place'),
      t('guide.stuck.exists'),
      t('guide.stuck.square'),
      t('guide.stuck.session'),
      t('guide.stuck.help', { reference: referenceOf(onboarding) }),
    ],
    buttons: [button(onboarding, 'stop', t('button.notMe'), { style: 'destructive' })],
  };
}
