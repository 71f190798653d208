import {
  type Card,
  type CardRules,
  inLanguage,
  languageFor,
  refusalText,
  renderApproval,
  renderChosen,
  renderGuide,
  renderLanguages,
  renderPeople,
  renderRequest,
  renderSecondApproval,
  type Viewer,
} from '../../cards/render';
import type { Onboarding } from '../onboarding/onboarding';
import type { Answer, Click, Onboardings } from '../workflow/onboardings';
import type { Outbox } from '../workflow/store-port';
import { askForChosen } from './choose';
import type { ClickData } from './click-data';
import type { Caller } from './gate';
import { callForHelp, talkAboutStuck, turnPage, wantPass } from './guide-clicks';
import type { GuidePlace } from './guide-place';
import { cardAnswer, type InvokeBody, messageAnswer } from './invoke';
import type { PassScreens } from './pass-screens';
import { askRecovery } from './recover';
import { showPass } from './show-pass';

export interface ClickDeps {
  readonly outbox: Pick<Outbox, 'chooseLanguage'>;
  readonly onboardings: Onboardings;
  readonly rules: CardRules;
  readonly screens: PassScreens;
  /** The instructions, where there is a public address for them. */
  readonly guide?: GuidePlace;
}

/** One click, with everything that the answer is drawn from. */
export interface Pressed {
  readonly caller: Caller;
  readonly click: Click;
  readonly viewer: Viewer;
}

/** Does what a click asks and draws the answer. May throw; the route answers then. */
export async function handleClick(deps: ClickDeps, pressed: Pressed, data: ClickData): Promise<InvokeBody> {
  const { onboardings, rules } = deps;
  const { caller, click, viewer } = pressed;
  switch (data.verb) {
    case 'approve':
      return drawn(await onboardings.approve(click, data.inputs), (now) => renderApproval(now, viewer, rules));
    case 'approve-and-show':
    case 'show-pass':
      return showPass(deps, pressed, data);
    case 'second-approve':
      return drawn(await onboardings.secondApprove(click), (now) => renderSecondApproval(now, viewer, rules));
    case 'decline':
      return drawn(await onboardings.decline(click, data.inputs.why), (now) => renderApproval(now, viewer, rules));
    case 'not-mine':
      return drawn(await onboardings.passOn(click), (now) => renderApproval(now, viewer, rules));
    case 'handed-over':
      return drawn(await onboardings.handedOver(click), (now) => renderApproval(now, viewer, rules));
    case 'stop':
      return drawn(await onboardings.stop(click), (now) => ownCard(now, viewer, rules));
    case 'confirm-handled':
      return drawn(await onboardings.confirmHandled(click), (now) => ownCard(now, viewer, rules));
    case 'done':
      return drawn(await onboardings.done(click), (now) => renderGuide(now, viewer, rules));
    case 'cancel': {
      const named = await theirs(deps, click);
      if (!named) return messageAnswer(refusalText({ code: 'unknown-onboarding' }));
      return drawn(await onboardings.cancel(caller.person, named.number), (now) => ownCard(now, viewer, rules));
    }
    case 'guide':
      return turnPage(deps, pressed, data);
    case 'stuck':
    case 'stuck-look':
      return talkAboutStuck(deps, pressed, data);
    case 'stuck-help':
      return callForHelp(deps, pressed, data);
    case 'want-pass':
      return wantPass(deps, pressed, data);
    case 'recover':
      return askRecovery(deps, pressed, data.inputs);
    case 'language':
      return chooseLanguage(deps, pressed, data.inputs.language);
    case 'choose':
      return choose(deps, pressed, data.inputs);
  }
}

/** The answer is in the new language already; everything else is with its next edit. */
async function chooseLanguage(deps: ClickDeps, pressed: Pressed, wish: string | undefined): Promise<InvokeBody> {
  const { caller, click, viewer } = pressed;
  const language = languageFor([wish]);
  await deps.outbox.chooseLanguage(caller.person, language);
  const named = await theirs(deps, click);
  return inLanguage(language, () =>
    cardAnswer(named?.subject.id === caller.person ? renderGuide(named, viewer, deps.rules) : renderLanguages(true)),
  );
}

/** The onboarding that a card names, where it only has to be named. */
async function theirs({ onboardings }: ClickDeps, click: Click): Promise<Onboarding | null> {
  const onboarding = await onboardings.view(click.onboardingId);
  return onboarding && onboarding.nonce === click.nonce ? onboarding : null;
}

function drawn(answer: Answer, draw: (onboarding: Onboarding) => Card): InvokeBody {
  return answer.kind === 'ok' ? cardAnswer(draw(answer.onboarding)) : messageAnswer(refusalText(answer.refusal));
}

/** The card of whoever pressed: a stop is on the cards of all three. */
function ownCard(onboarding: Onboarding, viewer: Viewer, rules: CardRules): Card {
  if (viewer.id === onboarding.subject.id) return renderGuide(onboarding, viewer, rules);
  const approver = (onboarding.approvedBy ?? onboarding.approver).id;
  return viewer.id === approver ? renderApproval(onboarding, viewer, rules) : renderRequest(onboarding, viewer);
}

async function choose(deps: ClickDeps, { caller, viewer }: Pressed, inputs: ClickData['inputs']): Promise<InvokeBody> {
  const chosen = await askForChosen(deps, caller, viewer.zone, inputs);
  switch (chosen.kind) {
    case 'asked':
      return cardAnswer(renderChosen(chosen.onboarding));
    case 'which':
      return cardAnswer(renderPeople(chosen.people, ''));
    case 'refused':
      return messageAnswer(chosen.text);
  }
}
