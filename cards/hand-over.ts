import type { Onboarding } from '../bot/onboarding/onboarding';
import type { CardRules } from './approval';
import { button, type Card, expand, type Viewer } from './card';
import { spell } from './spell';
import { t } from './strings/strings';
import template from './templates/hand-over.json' with { type: 'json' };
import { md } from './text';
import { dateTime } from './when';

/** Where the subject finds the instructions, and that as a picture: a `data:` address of a QR code. */
export interface GuideLink {
  readonly url: string;
  readonly qr: string;
}

/**
 * The one card that shows a pass: the answer to the approver's click, shown on that screen only and kept nowhere.
 * The code stands in text runs, which no client formats: it may hold any printable character, `*` and `_` included.
 */
export function renderHandOver(
  onboarding: Onboarding,
  code: string,
  viewer: Viewer,
  rules: CardRules,
  guide?: GuideLink,
): Card {
  const subject = md(onboarding.subject.displayName);
  const groups = groupsOf(code);
  const at = (time: number | undefined) => (time === undefined ? t('time.unknown') : dateTime(time, viewer.zone));
  return expand(template, {
    title: t('handOver.title', { subject }),
    grouped: groups.join(' '),
    spelled: groups.map((group) => ({ group, words: `  ${spell(group)}` })),
    number: t('handOver.number', {
      number: onboarding.pass?.number ?? onboarding.passesStarted,
      max: rules.maxPasses,
    }),
    valid: t('handOver.valid', {
      from: at(onboarding.pass?.mintedAt ?? onboarding.openedAt),
      until: at(onboarding.pass?.validUntil ?? onboarding.deadline),
    }),
    spellIntro: t('handOver.spell'),
    rules: [t('handOver.do'), t('handOver.dont'), t('handOver.soon'), t('handOver.hide')],
    hasGuide: guide !== undefined,
    guideText: t('handOver.guide', { subject }),
    guideUrl: guide?.url ?? '',
    guideQr: guide?.qr ?? '',
    guideAlt: t('handOver.guideAlt', { subject }),
    safe: t('card.safe'),
    buttons: [
      button(onboarding, 'handed-over', t('button.handedOver'), { style: 'positive' }),
      button(onboarding, 'show-pass', t('button.newPass')),
      button(onboarding, 'stop', t('button.wrongPerson'), { style: 'destructive' }),
    ],
  });
}

/** Groups of four; a group of one is never left at the end. */
function groupsOf(code: string): string[] {
  const characters = [...code];
  const groups: string[] = [];
  while (characters.length > 0) groups.push(characters.splice(0, characters.length === 5 ? 5 : 4).join(''));
  return groups;
}
