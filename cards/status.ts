import type { Onboarding } from '../bot/onboarding/onboarding';
import { type Button, button, type Card, type Viewer } from './card';
import { closedPanel } from './closed';
import { commentFact, methodName, personFacts, progressFacts, referenceOf, stateText, wordsFacts } from './facts';
import { type Fact, panel } from './panel';
import { recoveryFacts, recoveryLines } from './recovery';
import { seesText } from './seen';
import { t } from './strings/strings';
import { md, type Safe } from './text';
import { clockTime } from './when';

/** Where it was asked for: the live card of one onboarding, for helpdesk. */
export function renderRequest(onboarding: Onboarding, viewer: Viewer): Card {
  if (onboarding.state === 'closed') return panel(closedPanel(onboarding, viewer));
  return panel({
    title: t('status.title', { reference: referenceOf(onboarding), subject: md(onboarding.subject.displayName) }),
    lines: notes(onboarding, viewer),
    facts: [
      { title: t('fact.state'), value: stateText(onboarding) },
      ...personFacts(onboarding.subject).slice(1),
      ...people(onboarding),
      ...recoveryFacts(onboarding, viewer),
      ...progressFacts(onboarding, viewer),
      ...commentFact(onboarding),
    ],
    buttons: ways(onboarding),
  });
}

/** How it goes, for the approver: a message of its own, so that the one with the pass can stay untouched. */
export function renderApproverStatus(onboarding: Onboarding, viewer: Viewer): Card {
  if (onboarding.state === 'closed') return panel(closedPanel(onboarding, viewer));
  return panel({
    title: t('status.approver.title', { subject: md(onboarding.subject.displayName) }),
    lines: notes(onboarding, viewer),
    facts: [
      { title: t('fact.state'), value: stateText(onboarding) },
      ...recoveryFacts(onboarding, viewer),
      ...progressFacts(onboarding, viewer),
    ],
    footer: referenceOf(onboarding),
    buttons: onboarding.openedAt === undefined ? [] : ways(onboarding),
  });
}

function notes(onboarding: Onboarding, { zone }: Viewer): Safe[] {
  const lines: Safe[] = [...recoveryLines(onboarding)];
  if (onboarding.stuck && onboarding.state !== 'closed' && !onboarding.passkey)
    lines.push(t('status.stuck', { sees: seesText(onboarding), at: clockTime(onboarding.stuck.at, zone) }));
  if (onboarding.wrongKind && !onboarding.passkey)
    lines.push(t('status.wrongKind', { passkey: methodName(onboarding.wrongKind.displayName) }));
  if (onboarding.state === 'closing')
    lines.push(t(onboarding.exit?.outcome === 'completed' ? 'status.closing.completed' : 'status.closing.other'));
  return lines;
}

function people(onboarding: Onboarding): Fact[] {
  return [
    { title: t('fact.reason'), value: t(`reason.${onboarding.reason}`) },
    ...wordsFacts(onboarding),
    { title: t('fact.requester'), value: md(onboarding.requester.displayName) },
    ...(onboarding.approvedBy ? [] : [{ title: t('fact.approver'), value: md(onboarding.approver.displayName) }]),
    ...(onboarding.approvedBy || !onboarding.passedOn?.length
      ? []
      : [{ title: t('fact.passedOn'), value: md(onboarding.passedOn.map((one) => one.displayName).join(', ')) }]),
    ...(onboarding.approvedBy || !onboarding.escalatedTo?.length
      ? []
      : [{ title: t('fact.alsoAsked'), value: md(onboarding.escalatedTo.map((one) => one.displayName).join(', ')) }]),
  ];
}

function ways(onboarding: Onboarding): Button[] {
  switch (onboarding.state) {
    case 'requested':
    case 'approved':
      return [button(onboarding, 'cancel', t('button.cancel'))];
    case 'opening':
    case 'open':
    case 'closing':
      return [button(onboarding, 'stop', t('button.stop'), { style: 'destructive' })];
    case 'closed':
      return [];
  }
}
