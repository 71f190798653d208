import type { Onboarding } from '../bot/onboarding/onboarding';
import { button, type Card, expand, type Viewer } from './card';
import { closedPanel } from './closed';
import { commentFact, personFacts, progressFacts, referenceOf, wordsFacts } from './facts';
import { panel } from './panel';
import { recoveryFacts, recoveryLines, recoveryRisks } from './recovery';
import { type Route, t } from './strings/strings';
import template from './templates/approval.json' with { type: 'json' };
import { md } from './text';
import { clockTime, dateTime } from './when';

/** The rules that the words on a card mention. */
export interface CardRules {
  /** Milliseconds. */
  readonly windowLength: number;
  readonly maxPasses: number;
  /** The ways to a passkey that this company accepts, first choice first. Left out: those that every company has. */
  readonly routes?: readonly Route[];
}

/**
 * The message with which an approver decides and later asks for the pass. It never holds the pass, and it has no
 * `refresh`: a card that redraws itself could draw over the pass, or be kept with it.
 */
export function renderApproval(onboarding: Onboarding, viewer: Viewer, rules: CardRules): Card {
  const mine = onboarding.approvedBy?.id === viewer.id;
  switch (onboarding.state) {
    case 'requested':
      if (!onboarding.approvedBy)
        return hasPassedOn(onboarding, viewer) ? passedOn(onboarding, viewer) : ask(onboarding, viewer, rules);
      return mine ? waitForSecond(onboarding, viewer) : notYours(onboarding, viewer);
    case 'approved':
      return mine ? approved(onboarding, viewer, rules) : notYours(onboarding, viewer);
    case 'opening':
    case 'open':
      return mine ? open(onboarding, viewer) : notYours(onboarding, viewer);
    case 'closing':
    case 'closed':
      return panel({ ...closedPanel(onboarding, viewer), footer: referenceOf(onboarding) });
  }
}

/** The second approver's message: the same person and risk, and that the pass is not for them. */
export function renderSecondApproval(onboarding: Onboarding, viewer: Viewer, rules: CardRules): Card {
  const names = namesOf(onboarding);
  if (onboarding.state !== 'requested') {
    const given = onboarding.secondApprovedBy;
    if (!given || onboarding.state === 'closing' || onboarding.state === 'closed')
      return panel({ ...closedPanel(onboarding, viewer), footer: referenceOf(onboarding) });
    return panel({
      title: t('second.title', names),
      lines: [t('second.done', { second: md(given.displayName) })],
      facts: progressFacts(onboarding, viewer),
      footer: referenceOf(onboarding),
      buttons: [],
    });
  }
  return question(onboarding, viewer, rules, {
    title: t('second.title', names),
    lines: [t('second.ask', names)],
    risks: [t('second.risk', { ...names, duration: durationOf(rules) }), ...recoveryRisks(onboarding)],
    hasTicks: false,
    mayPassOn: false,
    buttons: [button(onboarding, 'second-approve', t('button.secondApprove'), { style: 'positive' })],
  });
}

function namesOf(onboarding: Onboarding) {
  return {
    subject: md(onboarding.subject.displayName),
    requester: md(onboarding.requester.displayName),
    approver: md((onboarding.approvedBy ?? onboarding.approver).displayName),
  };
}

function risk(onboarding: Onboarding, rules: CardRules) {
  const { subject } = namesOf(onboarding);
  return t('approval.risk', { subject, duration: durationOf(rules) });
}

function durationOf(rules: CardRules) {
  return t('time.minutes', { count: Math.round(rules.windowLength / 60_000) });
}

function ask(onboarding: Onboarding, viewer: Viewer, rules: CardRules): Card {
  const names = namesOf(onboarding);
  const { subject } = names;
  const approve = { style: 'positive', inputs: 'auto' } as const;
  return question(onboarding, viewer, rules, {
    title: t('approval.title', { subject }),
    lines: [t('approval.ask', names), ...whyAsked(onboarding, viewer)],
    risks: [
      risk(onboarding, rules),
      ...(onboarding.privileged ? [t('approval.privileged', { subject })] : []),
      ...recoveryRisks(onboarding),
    ],
    hasTicks: true,
    mayPassOn: onboarding.approver.id === viewer.id,
    buttons: [
      ...(onboarding.privileged ? [] : [button(onboarding, 'approve-and-show', t('button.approveShow'), approve)]),
      button(onboarding, 'approve', t('button.approveLater'), { ...approve, style: 'default' }),
    ],
  });
}

/** Why it is not the manager who is asked, or not the manager alone. */
function whyAsked(onboarding: Onboarding, viewer: Viewer) {
  const before = onboarding.passedOn?.at(-1);
  if (before && onboarding.approver.id === viewer.id) return [t('approval.line', { before: md(before.displayName) })];
  if (onboarding.escalatedTo?.some(({ id }) => id === viewer.id))
    return [t('approval.escalated', { approver: md(onboarding.approver.displayName) })];
  return onboarding.approverIs === 'fallback' ? [t('approval.fallback')] : [];
}

function question(
  onboarding: Onboarding,
  viewer: Viewer,
  rules: CardRules,
  content: {
    title: string;
    lines: string[];
    risks: string[];
    hasTicks: boolean;
    mayPassOn: boolean;
    buttons: object[];
  },
): Card {
  const { subject, requester } = namesOf(onboarding);
  return expand(template, {
    ...content,
    facts: [
      ...personFacts(onboarding.subject),
      { title: t('fact.reason'), value: t(`reason.${onboarding.reason}`) },
      ...recoveryFacts(onboarding, viewer),
      ...wordsFacts(onboarding),
      { title: t('fact.requester'), value: requester },
      ...(onboarding.startAt === undefined
        ? []
        : [{ title: t('fact.startAt'), value: dateTime(onboarding.startAt, viewer.zone) }]),
      { title: t('fact.window'), value: t('fact.window.value', { duration: durationOf(rules) }) },
      { title: t('fact.decideBy'), value: dateTime(onboarding.expiresAt, viewer.zone) },
      { title: t('fact.reference'), value: referenceOf(onboarding) },
      ...commentFact(onboarding),
    ],
    onlyIf: t('approval.onlyIf'),
    knows: t('approval.knows', { subject }),
    spoke: t('approval.spoke', { subject }),
    ticksNeeded: t('approval.ticksNeeded'),
    declineTitle: t('button.decline'),
    declineWhy: t('approval.declineWhy'),
    declineNeeded: t('approval.declineNeeded'),
    comment: t('approval.comment'),
    passOnTitle: t('button.notMine'),
    passOnText: t('approval.notMine'),
    passOn: button(onboarding, 'not-mine', t('button.notMineSure')),
    decline: button(onboarding, 'decline', t('button.declineSend'), { style: 'destructive', inputs: 'auto' }),
  });
}

function hasPassedOn(onboarding: Onboarding, viewer: Viewer): boolean {
  return onboarding.passedOn?.some(({ id }) => id === viewer.id) === true;
}

function passedOn(onboarding: Onboarding, viewer: Viewer): Card {
  const { subject, approver } = namesOf(onboarding);
  return panel({
    title: t('approval.title', { subject }),
    lines: [t('approval.passedOn', { to: approver })],
    facts: progressFacts(onboarding, viewer),
    footer: referenceOf(onboarding),
  });
}

function waitForSecond(onboarding: Onboarding, viewer: Viewer): Card {
  return panel({
    title: t('waitSecond.title'),
    lines: [t('waitSecond.text', { subject: md(onboarding.subject.displayName) })],
    facts: progressFacts(onboarding, viewer),
    footer: referenceOf(onboarding),
  });
}

function approved(onboarding: Onboarding, viewer: Viewer, rules: CardRules): Card {
  const { subject } = namesOf(onboarding);
  return panel({
    title: t('approved.title', { subject }),
    tone: 'accent',
    lines: [
      t('approved.text', { subject, duration: durationOf(rules) }),
      ...(onboarding.startAt === undefined || onboarding.startToldAt !== undefined
        ? []
        : [t('approved.startAt', { at: dateTime(onboarding.startAt, viewer.zone) })]),
      ...recoveryLines(onboarding),
    ],
    facts: [...recoveryFacts(onboarding, viewer), ...progressFacts(onboarding, viewer)],
    footer: referenceOf(onboarding),
    buttons: [
      button(onboarding, 'show-pass', t('button.showPass'), { style: 'positive' }),
      button(onboarding, 'stop', t('button.wrongPerson'), { style: 'destructive' }),
    ],
  });
}

/** Once the pass is with the subject, another one is asked for only after a warning: it makes the first useless. */
function open(onboarding: Onboarding, viewer: Viewer): Card {
  const { subject } = namesOf(onboarding);
  const handed = onboarding.handedOverAt;
  const stop = button(onboarding, 'stop', t('button.wrongPerson'), { style: 'destructive' });
  const show = button(onboarding, 'show-pass', t('button.showPass'), { style: 'positive' });
  const have = button(onboarding, 'handed-over', t('button.handedOver'));
  const sure = button(onboarding, 'show-pass', t('button.newPassSure'), { style: 'destructive' });
  return panel({
    title: t(onboarding.state === 'opening' ? 'opening.title' : 'open.title', { subject }),
    tone: handed === undefined ? 'accent' : 'default',
    lines: [
      handed !== undefined
        ? t('open.handed', { subject, at: clockTime(handed, viewer.zone) })
        : t(onboarding.pass ? 'open.text' : 'opening.text'),
    ],
    facts: progressFacts(onboarding, viewer),
    footer: referenceOf(onboarding),
    buttons: handed === undefined ? [show, ...(onboarding.pass ? [have] : []), stop] : [stop],
    drawers:
      handed === undefined
        ? []
        : [{ title: t('button.newPass'), lines: [t('open.newPassWarn', { subject })], buttons: [sure] }],
  });
}

/** The button for another pass, as a message of its own, because somebody asked for it. */
export function renderPassWanted(onboarding: Onboarding, viewer: Viewer): Card {
  const { subject } = namesOf(onboarding);
  if (onboarding.state === 'closing' || onboarding.state === 'closed')
    return panel({ ...closedPanel(onboarding, viewer), footer: referenceOf(onboarding) });
  const handed = onboarding.handedOverAt !== undefined;
  const show = button(onboarding, 'show-pass', t('button.showPass'), { style: 'positive' });
  const sure = button(onboarding, 'show-pass', t('button.newPassSure'), { style: 'destructive' });
  return panel({
    title: t('passWanted.title', { subject }),
    tone: 'accent',
    lines: [t('passWanted.text', { subject, reference: referenceOf(onboarding) })],
    facts: progressFacts(onboarding, viewer),
    footer: t('card.safe'),
    buttons: [...(handed ? [] : [show]), button(onboarding, 'stop', t('button.wrongPerson'), { style: 'destructive' })],
    drawers: handed
      ? [{ title: t('button.newPass'), lines: [t('open.newPassWarn', { subject })], buttons: [sure] }]
      : [],
  });
}

function notYours(onboarding: Onboarding, viewer: Viewer): Card {
  const { subject, approver } = namesOf(onboarding);
  return panel({
    title: t('approved.title', { subject }),
    lines: [
      t(onboarding.state === 'approved' || onboarding.state === 'requested' ? 'approved.other' : 'open.other', {
        approver,
      }),
    ],
    facts: progressFacts(onboarding, viewer),
    footer: referenceOf(onboarding),
  });
}
