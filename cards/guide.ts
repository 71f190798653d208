import type { Onboarding } from '../bot/onboarding/onboarding';
import type { CardRules } from './approval';
import { type Button, button, type Card, type Viewer } from './card';
import { methodName, passkeyName } from './facts';
import { languageButtons } from './languages-card';
import { panel, type Tone } from './panel';
import { isKey, type Route, routes, stepsOf, t } from './strings/strings';
import { subjectClosedPanel } from './subject';
import { md, type Safe } from './text';
import { clockTime } from './when';

/** What leads the subject through the set-up: first the choice of a way, then one step at a time. */
export function renderGuide(onboarding: Onboarding, viewer: Viewer, rules: Pick<CardRules, 'routes'> = {}): Card {
  if (onboarding.state === 'closed' || (onboarding.exit && onboarding.exit.outcome !== 'completed'))
    return panel(subjectClosedPanel(onboarding, viewer));
  if (onboarding.passkey) return renderFinish(onboarding, viewer);
  const place = onboarding.guideAt;
  return place && isKey(`guide.route.${place.route}`)
    ? renderStep(onboarding, viewer, place)
    : renderStart(onboarding, viewer, rules.routes ?? routes.slice(0, 4));
}

function renderStart(onboarding: Onboarding, viewer: Viewer, offered: readonly Route[]): Card {
  const approver = md((onboarding.approvedBy ?? onboarding.approver).displayName);
  const requester = md(onboarding.requester.displayName);
  const way = (route: Route) => button(onboarding, 'guide', t(`guide.route.${route}`), { route, step: 0 });
  // Six buttons fit: what is seldom taken is one press further away.
  const direct = offered.length <= 4 ? offered : offered.slice(0, 3);
  const others = offered.slice(direct.length);
  return panel({
    title: t('guide.title'),
    tone: toneOf(onboarding),
    lines: [
      t('guide.hello', { requester, approver }),
      t('guide.code', { approver }),
      ...(onboarding.openedAt === undefined ? [t('guide.notYet', { approver })] : until(onboarding, viewer)),
      ...progress(onboarding),
      t('guide.choose'),
    ],
    footer: t('card.safe'),
    buttons: [...direct.map(way), ...doneButton(onboarding, 'default'), stuckButton(onboarding)],
    drawers:
      others.length === 0
        ? []
        : [{ title: t('guide.otherWays'), lines: [t('guide.choose')], buttons: others.map(way) }],
    languages: languageButtons(onboarding),
  });
}

function renderStep(onboarding: Onboarding, viewer: Viewer, place: NonNullable<Onboarding['guideAt']>): Card {
  const { route } = place;
  const steps = stepsOf(route);
  const step = Math.min(Math.max(Math.trunc(place.step), 0), steps.length - 1);
  const text = (index: number) => t(steps[index] ?? 'step.before.1', { upn: md(onboarding.subject.userPrincipalName) });
  const to = (target: number, title: Safe, style: Button['style'] = 'default') =>
    button(onboarding, 'guide', title, { route, step: target, style });
  const isLast = step === steps.length - 1;
  const routesButton = button(onboarding, 'guide', t('button.routes'));
  return panel({
    title: t('guide.step', { route: t(`guide.route.${route}`), step: step + 1, steps: steps.length }),
    tone: toneOf(onboarding),
    lines: progress(onboarding),
    big: text(step),
    footer: [...until(onboarding, viewer), t('card.safe')].join(' ') as Safe,
    buttons: [
      step > 0 ? to(step - 1, t('button.back')) : routesButton,
      // One of the two stands out: what comes next.
      ...(isLast ? [] : [to(step + 1, t('button.next'), 'positive')]),
      ...doneButton(onboarding, isLast ? 'positive' : 'default'),
      stuckButton(onboarding, { route, step }),
    ],
    drawers:
      step === 0
        ? []
        : [
            {
              title: t('guide.earlier'),
              lines: steps.slice(0, step).map((_, index) => `${index + 1}\\. ${text(index)}` as Safe),
              buttons: [routesButton],
            },
          ],
  });
}

/** The passkey is there. What is left are the last pages, which only the way by the computer has. */
function renderFinish(onboarding: Onboarding, { zone }: Viewer): Card {
  const { passkey, state, doneSaidAt, guideAt } = onboarding;
  const said = state === 'closing' && doneSaidAt !== undefined;
  const last = guideAt?.route === 'computer' ? stepsOf('computer').at(-1) : undefined;
  const values = { passkey: passkeyName(onboarding), at: clockTime(passkey?.seenAt ?? 0, zone) };
  return panel({
    title: t('guide.seen.title'),
    tone: 'good',
    lines: said
      ? [t('guide.closing')]
      : [t('guide.passkeySeen', values), ...(onboarding.recovery ? [t('guide.recover.old')] : [])],
    ...(said || last === undefined ? {} : { big: t(last, { upn: md(onboarding.subject.userPrincipalName) }) }),
    footer: t('card.safe'),
    buttons: [...doneButton(onboarding), button(onboarding, 'stop', t('button.notMe'), { style: 'destructive' })],
  });
}

function toneOf(onboarding: Onboarding): Tone {
  if (onboarding.wrongKind) return 'attention';
  return onboarding.remindedLastAt === undefined ? 'accent' : 'warning';
}

function until(onboarding: Onboarding, { zone }: Viewer): Safe[] {
  // Once the exit has begun the window closes when it can, not at its deadline.
  if (onboarding.deadline === undefined || onboarding.exit) return [];
  const key = onboarding.remindedLastAt === undefined ? 'guide.until' : 'guide.untilSoon';
  return [t(key, { until: clockTime(onboarding.deadline, zone) })];
}

/** What has been seen, from the latest that matters. */
function progress(onboarding: Onboarding): Safe[] {
  const { wrongKind, authenticatorSeenAt, doneSaidAt, pass, handedOverAt, recovery } = onboarding;
  const approver = md((onboarding.approvedBy ?? onboarding.approver).displayName);
  return [
    ...(wrongKind ? [t('guide.wrongKind', { passkey: methodName(wrongKind.displayName) })] : []),
    ...(authenticatorSeenAt === undefined ? [] : [t('guide.authenticatorSeen')]),
    ...(pass && handedOverAt === undefined && authenticatorSeenAt === undefined
      ? [t('guide.codeReady', { approver })]
      : []),
    ...(recovery?.goneAt === undefined ? [] : [t('guide.recover.old')]),
    ...(doneSaidAt === undefined ? [] : [t('guide.doneSaid')]),
  ];
}

function doneButton(onboarding: Onboarding, style: Button['style'] = 'positive'): Button[] {
  const { openedAt, state, doneSaidAt } = onboarding;
  // Said and heard. The answer may stay on a message that is not edited any more, and must not ask for it again there.
  if (openedAt === undefined || (state === 'closing' && doneSaidAt !== undefined)) return [];
  return [button(onboarding, 'done', t('button.done'), { style })];
}

function stuckButton(onboarding: Onboarding, at: { readonly route?: Route; readonly step?: number } = {}): Button {
  return button(onboarding, 'stuck', t('button.stuck'), at);
}
