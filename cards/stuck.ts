import type { Onboarding } from '../bot/onboarding/onboarding';
import type { CardRules } from './approval';
import { type Button, button, type Card, type Viewer } from './card';
import { referenceOf } from './facts';
import { form } from './form';
import { renderGuide } from './guide';
import { panel } from './panel';
import { seenLine } from './seen';
import { type Route, t, words } from './strings/strings';
import { type StuckEnd, type StuckPlace, stuckPlaces, stuckRow, stuckRowsAt } from './stuck-catalogue';
import { md, type Safe } from './text';

/** How far the dialogue is. All of it travels in the buttons, and is only what she says. */
export interface StuckTalk {
  /** The way and step from which she came. */
  readonly route?: Route;
  readonly step?: number;
  /** Answer to the first question, and to the second; `other` for none of what is listed. */
  readonly at?: string;
  readonly saw?: string;
  /** What has just been done for her. */
  readonly did?: 'looked' | 'pass-asked' | 'called';
}

/** "I'm stuck": where, then what she sees, then what helps. Every turn has a way back and a way to a person. */
export function renderStuck(
  onboarding: Onboarding,
  viewer: Viewer,
  talk: StuckTalk,
  rules: Pick<CardRules, 'routes'> = {},
): Card {
  // Over, or it has come meanwhile: that is the best answer to whatever she saw.
  if (onboarding.state === 'closed' || onboarding.exit || onboarding.passkey)
    return renderGuide(onboarding, viewer, rules);
  if (talk.saw !== undefined || talk.at === 'other') return answer(onboarding, talk);
  const place = stuckPlaces.find((known) => known === talk.at);
  return place ? askSee(onboarding, place, talk) : askPlace(onboarding, talk);
}

function askPlace(onboarding: Onboarding, talk: StuckTalk): Card {
  const places = stuckPlaces.filter((place) => stuckRowsAt(place, talk.route).length > 0);
  return form({
    title: t('stuck.title'),
    lines: [seenLine(onboarding)],
    questions: [
      {
        id: 'at',
        label: t('stuck.ask.place'),
        needed: t('stuck.choose'),
        choices: [
          ...places.map((place) => ({ title: t(`stuck.place.${place}`), value: place as string })),
          { title: t('stuck.other'), value: 'other' },
        ],
      },
    ],
    notes: [t('card.safe')],
    buttons: [
      button(onboarding, 'stuck', t('button.next'), { ...here(talk), style: 'positive', inputs: 'auto' }),
      back(onboarding, talk),
      button(onboarding, 'stop', t('button.notMe'), { style: 'destructive' }),
    ],
  });
}

function askSee(onboarding: Onboarding, place: StuckPlace, talk: StuckTalk): Card {
  return form({
    title: t(`stuck.place.${place}`),
    questions: [
      {
        id: 'saw',
        label: t('stuck.ask.see'),
        needed: t('stuck.choose'),
        choices: [
          ...stuckRowsAt(place, talk.route).map((row) => ({ title: words(row.see, {}), value: row.id })),
          { title: t('stuck.other'), value: 'other' },
        ],
      },
    ],
    buttons: [
      button(onboarding, 'stuck', t('button.next'), { ...here(talk), at: place, style: 'positive', inputs: 'auto' }),
      button(onboarding, 'stuck', t('button.back'), here(talk)),
    ],
  });
}

function answer(onboarding: Onboarding, talk: StuckTalk): Card {
  const row = stuckRow(talk.saw);
  const approver = md((onboarding.approvedBy ?? onboarding.approver).displayName);
  const said = { ...here(talk), saw: row?.id ?? 'other' };
  const to = (verb: Button['verb'], title: Safe, style: Button['style'] = 'default') =>
    button(onboarding, verb, title, { ...said, style });
  const end = row?.end ?? 'helpdesk';
  // What helps most stands out; the others follow.
  const emphasis = (one: StuckEnd) => (one === end ? 'positive' : 'default');
  const offered: Readonly<Record<StuckEnd, Button>> = {
    fix: button(onboarding, 'guide', t('stuck.button.again'), { ...here(talk), style: emphasis('fix') }),
    look: to('stuck-look', t('stuck.button.look'), emphasis('look')),
    pass: to('want-pass', t('stuck.button.pass'), emphasis('pass')),
    helpdesk: to('stuck-help', t('stuck.button.help'), emphasis('helpdesk')),
  };
  const called = talk.did === 'called';
  const others = (['fix', 'helpdesk'] as const).filter((one) => one !== end && !(one === 'fix' && row === undefined));
  const ways = [end, ...others].filter((one) => !(one === 'helpdesk' && called));
  const before = row === undefined ? here(talk) : { ...here(talk), at: row.place };
  return panel({
    title: row ? words(row.see, {}) : t('stuck.other'),
    tone: talk.did === undefined ? 'default' : 'accent',
    lines: [
      ...(row ? row.fix.map((key, index) => `${index + 1}\\. ${words(key, {})}` as Safe) : [t('stuck.none')]),
      ...did(onboarding, talk, approver),
    ],
    footer: seenLine(onboarding),
    buttons: [...ways.map((one) => offered[one]), button(onboarding, 'stuck', t('button.back'), before)],
  });
}

function did(onboarding: Onboarding, { did }: StuckTalk, approver: Safe): Safe[] {
  switch (did) {
    case 'looked':
      return [t('stuck.looked')];
    case 'pass-asked':
      return [t('stuck.passAsked', { approver })];
    case 'called':
      return [t('stuck.helpAsked', { reference: referenceOf(onboarding) })];
    case undefined:
      return [];
  }
}

function here({ route, step }: StuckTalk): { readonly route?: Route; readonly step?: number } {
  return { ...(route === undefined ? {} : { route }), ...(step === undefined ? {} : { step }) };
}

function back(onboarding: Onboarding, talk: StuckTalk): Button {
  return button(onboarding, 'guide', t('button.back'), here(talk));
}
