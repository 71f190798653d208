import type { Onboarding } from '../bot/onboarding/onboarding';
import type { CardRules } from './approval';
import { button, type Card, expand, type Viewer } from './card';
import { spell } from './spell';
import { t } from './strings/strings';
import template from './templates/hand-over.json' with { type: 'json' };
import { md } from './text';
import { dateTime } from './when';

/**
 * The one card that shows a pass: the answer to the approver's click, shown on that screen only and kept nowhere.
 * The code stands in text runs, which no client formats: it may hold any printable character, `*` and `_` included.
 */
export function renderHandOver(onboarding: Onboarding, code: string, viewer: Viewer, rules: CardRules): Card {
  const subject = md(onboarding.subject.displayName);
  const until = onboarding.pass?.validUntil ?? onboarding.deadline;
  return expand(template, {
    title: t('handOver.title', { subject }),
    grouped: grouped(code),
    spelled: spell(code),
    number: t('handOver.number', {
      number: onboarding.pass?.number ?? onboarding.passesStarted,
      max: rules.maxPasses,
    }),
    valid: t('handOver.valid', { until: until === undefined ? t('time.unknown') : dateTime(until, viewer.zone) }),
    spellIntro: t('handOver.spell'),
    rules: [t('handOver.do'), t('handOver.dont'), t('handOver.soon'), t('handOver.hide')],
    safe: t('card.safe'),
    buttons: [
      button(onboarding, 'handed-over', t('button.handedOver'), { style: 'positive' }),
      button(onboarding, 'show-pass', t('button.newPass')),
      button(onboarding, 'stop', t('button.wrongPerson'), { style: 'destructive' }),
    ],
  });
}

/** Groups of four; a group of one is never left at the end. */
function grouped(code: string): string {
  const characters = [...code];
  const groups: string[] = [];
  while (characters.length > 0) groups.push(characters.splice(0, characters.length === 5 ? 5 : 4).join(''));
  return groups.join(' ');
}
