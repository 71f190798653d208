import type { Onboarding } from '../bot/onboarding/onboarding';
import { button, type Card, type Viewer } from './card';
import { personFacts, progressFacts, referenceOf, stateText } from './facts';
import { type Fact, panel } from './panel';
import { recoveryFacts } from './recovery';
import { seenLine, seesText, whereText } from './seen';
import { t, words } from './strings/strings';
import { stuckRow } from './stuck-catalogue';
import { md, type Safe } from './text';

/** She is stuck and asked for a person: whoever calls her has everything that is known, and need not ask it again. */
export function renderCall(onboarding: Onboarding, viewer: Viewer): Card {
  const title = t('called.title', {
    reference: referenceOf(onboarding),
    subject: md(onboarding.subject.displayName),
  });
  if (onboarding.state === 'closed')
    return panel({ title, lines: [t('called.over', { state: stateText(onboarding) })] });
  const row = stuckRow(onboarding.stuck?.saw);
  const where = whereText(onboarding);
  const told: readonly Safe[] = row?.fix.map((key) => words(key, {})) ?? [];
  const facts: Fact[] = [
    ...personFacts(onboarding.subject),
    { title: t('fact.sees'), value: seesText(onboarding) },
    ...(where === undefined ? [] : [{ title: t('fact.where'), value: where }]),
    ...(told.length === 0 ? [] : [{ title: t('fact.tried'), value: told.join(' ') as Safe }]),
    { title: t('fact.onboardSees'), value: seenLine(onboarding) },
    ...recoveryFacts(onboarding, viewer),
    ...progressFacts(onboarding, viewer),
  ];
  return panel({
    title,
    tone: 'attention',
    lines: [t('called.text', { subject: md(onboarding.subject.displayName) })],
    facts,
    buttons: [
      ...(onboarding.state === 'open' ? [button(onboarding, 'want-pass', t('stuck.button.pass'))] : []),
      button(onboarding, 'stop', t('button.stop'), { style: 'destructive' }),
    ],
  });
}
