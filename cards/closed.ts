import type { Onboarding } from '../bot/onboarding/onboarding';
import { addedLines, handledButtons } from './added';
import type { Viewer } from './card';
import { commentFact, findingLines, isWhollyReadBack, progressFacts, referenceOf } from './facts';
import type { Panel, Tone } from './panel';
import { recoveryFacts, recoveryLines } from './recovery';
import { t } from './strings/strings';
import { md, type Safe } from './text';

const tones: Readonly<Record<string, Tone>> = {
  completed: 'good',
  lapsed: 'warning',
  stopped: 'warning',
  frozen: 'attention',
};

/** How an onboarding ends or has ended, for helpdesk and approvers. The words follow what was read, never the hope. */
export function closedPanel(onboarding: Onboarding, viewer: Viewer): Panel {
  const outcome = onboarding.outcome ?? onboarding.exit?.outcome ?? 'cancelled';
  return {
    title: t('status.title', {
      reference: referenceOf(onboarding),
      subject: md(onboarding.subject.displayName),
    }),
    tone: tones[outcome] ?? 'default',
    lines: [
      outcomeLine(onboarding, outcome),
      ...recoveryLines(onboarding),
      ...findingLines(onboarding),
      ...addedLines(onboarding, viewer),
    ],
    facts: [...recoveryFacts(onboarding, viewer), ...progressFacts(onboarding, viewer), ...commentFact(onboarding)],
    buttons: handledButtons(onboarding),
  };
}

function outcomeLine(onboarding: Onboarding, outcome: NonNullable<Onboarding['outcome']>): Safe {
  const subject = md(onboarding.subject.displayName);
  if (onboarding.state === 'closing')
    return t(outcome === 'completed' ? 'status.closing.completed' : 'status.closing.other');
  if (outcome === 'completed' && !isWhollyReadBack(onboarding)) return t('closed.completed.partly', { subject });
  return t(`closed.${outcome}`, { subject });
}
