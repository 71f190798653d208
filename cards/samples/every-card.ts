import type { LiveMessage, NoticeMessage } from '../../bot/onboarding/decision';
import type { Onboarding } from '../../bot/onboarding/onboarding';
import {
  type Card,
  listRow,
  refusalText,
  renderApproval,
  renderApproverStatus,
  renderBoard,
  renderChosen,
  renderDialogAsked,
  renderDialogPeople,
  renderDialogPick,
  renderGathered,
  renderGuide,
  renderHandOver,
  renderHelp,
  renderLanguages,
  renderList,
  renderNotice,
  renderPassAsked,
  renderPaused,
  renderPeople,
  renderPick,
  renderRequest,
  renderSecondApproval,
  routes,
} from '../render';
import { stepsOf } from '../strings/strings';
import { guideLink } from './guide-link';
import { janeCards } from './jane';
import { ids, NOON, onboarding, openOnboarding } from './onboardings';
import { CODE, pass, rules, states } from './states';

/** One card in one state. */
export interface Sample {
  /** Which card it is: `approval`, `guide`, `hand-over`. */
  readonly kind: string;
  /** What the onboarding is like, and who looks. */
  readonly state: string;
  readonly card: Card;
}

const live: Readonly<Record<LiveMessage, (now: Onboarding, viewer: { id: string | null }) => Card>> = {
  request: renderRequest,
  approval: (now, viewer) => renderApproval(now, viewer, rules),
  'second-approval': (now, viewer) => renderSecondApproval(now, viewer, rules),
  'approver-status': renderApproverStatus,
  guide: (now, viewer) => renderGuide(now, viewer),
};

const notices: readonly NoticeMessage[] = [
  'approver-reminder',
  'approver-start',
  'approver-pass-wanted',
  'approver-old-gone',
  'helpdesk-called',
  'subject-half-time',
  'subject-last-minutes',
  'subject-passkey-seen',
  'subject-authenticator-seen',
  'subject-wrong-kind',
  'subject-closed',
  'approver-closed',
  'requester-closed',
  'alert',
];

/** Every card in every state; `dress` changes what people are called, `only` names the states. */
export function everyCard(
  dress: (now: Onboarding) => Onboarding = (now) => now,
  only: readonly string[] = Object.keys(states),
): Sample[] {
  const cards: Sample[] = [];
  for (const state of only) {
    const now = dress(states[state] ?? onboarding());
    for (const [kind, draw] of Object.entries(live)) {
      cards.push({ kind, state, card: draw(now, { id: ids.mo }) });
      if (kind === 'approval')
        cards.push({ kind, state: `${state}, for who was asked later`, card: draw(now, { id: ids.second }) });
    }
    for (const kind of notices) cards.push({ kind, state, card: renderNotice(kind, now, { id: ids.mo }) });
    for (const route of state === 'open' ? routes : [])
      for (let step = 0; step < stepsOf(route).length; step++)
        cards.push({
          kind: `guide, ${route}`,
          state: `step ${step + 1}`,
          card: renderGuide({ ...now, guideAt: { route, step } }, { id: ids.jane }),
        });
  }
  const one = dress(openOnboarding({ pass }));
  const many = Array.from({ length: 30 }, () => listRow(one));
  const handOver = renderHandOver(one, CODE, { id: ids.mo, zone: 'Europe/Berlin' }, rules);
  return [
    ...cards,
    ...janeCards(dress),
    { kind: 'hand-over', state: 'with the pass', card: handOver },
    {
      kind: 'hand-over',
      state: 'with the pass and the way to the instructions',
      card: renderHandOver(one, CODE, { id: ids.mo, zone: 'Europe/Berlin' }, rules, guideLink),
    },
    { kind: 'people', state: 'ten', card: renderPeople(Array(10).fill(one.subject), one.subject.displayName) },
    { kind: 'people', state: 'two, with what was said', card: renderPeople([one.subject, one.approver], 'jane', said) },
    { kind: 'people', state: 'nobody was named', card: renderPick() },
    { kind: 'dialog', state: 'opened', card: renderDialogPick() },
    { kind: 'dialog', state: 'not taken', card: renderDialogPick(said, refusalText({ code: 'not-helpdesk' })) },
    { kind: 'dialog', state: 'two people', card: renderDialogPeople([one.subject, one.approver], said) },
    { kind: 'dialog', state: 'asked', card: renderDialogAsked(one) },
    { kind: 'board', state: 'sixty', card: renderBoard(crowd(60, one), { id: null, zone: 'Europe/Berlin' }, NOON) },
    { kind: 'board', state: 'two', card: renderBoard(crowd(2, one), { id: null }, NOON) },
    { kind: 'gathered', state: 'three people', card: renderGathered(gathered(one)) },
    { kind: 'pause', state: 'paused now', card: renderPaused(true, true) },
    { kind: 'pause', state: 'paused already', card: renderPaused(true, false) },
    { kind: 'pause', state: 'resumed now', card: renderPaused(false, true) },
    { kind: 'pause', state: 'not paused', card: renderPaused(false, false) },
    { kind: 'pass asked', state: 'asked', card: renderPassAsked(one.number, one.approver.displayName) },
    { kind: 'chosen', state: 'chosen', card: renderChosen(one) },
    { kind: 'list', state: 'thirty', card: renderList(many) },
    { kind: 'list', state: 'none', card: renderList([]) },
    { kind: 'help', state: 'always', card: renderHelp() },
    { kind: 'languages', state: 'asked', card: renderLanguages(false) },
    { kind: 'languages', state: 'chosen', card: renderLanguages(true) },
  ];
}

const said = { ticket: 'INC4711', because: 'Her phone is lost', startDate: '2026-12-01', startTime: '09:00' };

/** Many in one conversation, in all the states there are. */
function crowd(size: number, { subject }: Onboarding): Onboarding[] {
  const all = Object.values(states);
  return Array.from({ length: size }, (_, n) => ({ ...(all[n % all.length] ?? onboarding()), subject, number: n + 1 }));
}

function gathered({ number, subject }: Onboarding) {
  return [
    { said: 'jane', number, subject: subject.displayName },
    { said: 'mo', refusal: { code: 'too-many-found', name: 'mo' } },
    { said: 'ada', refusal: { code: 'privileged-off', name: 'Ada Lovelace' } },
  ] as const;
}
