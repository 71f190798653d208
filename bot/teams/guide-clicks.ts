import { refusalText, renderCall, renderGuide, renderRequest, renderStuck, type StuckTalk } from '../../cards/render';
import type { Onboarding } from '../onboarding/onboarding';
import type { ClickData } from './click-data';
import type { ClickDeps, Pressed } from './clicks';
import { cardAnswer, type InvokeBody, messageAnswer } from './invoke';

/** She turns a page. Her place is kept, so that a card which changes under her hand stays at her step. */
export async function turnPage(
  { onboardings, rules }: ClickDeps,
  pressed: Pressed,
  data: ClickData,
): Promise<InvokeBody> {
  const answer = await onboardings.turnPage(pressed.click, data.place ?? null);
  return answer.kind === 'ok'
    ? cardAnswer(renderGuide(answer.onboarding, pressed.viewer, rules))
    : messageAnswer(refusalText(answer.refusal));
}

/** "I'm stuck", one turn of it. Where she said what she sees, it is kept and looked into; before that nothing happens. */
export async function talkAboutStuck(deps: ClickDeps, pressed: Pressed, data: ClickData): Promise<InvokeBody> {
  const { onboardings } = deps;
  const { click, caller } = pressed;
  const { saw, at } = data.inputs;
  const seen = saw ?? (at === 'other' ? 'other' : undefined);
  if (seen === undefined) {
    const onboarding = await onboardings.view(click.onboardingId);
    if (!onboarding || onboarding.nonce !== click.nonce)
      return messageAnswer(refusalText({ code: 'unknown-onboarding' }));
    if (onboarding.subject.id !== caller.person) return messageAnswer(refusalText({ code: 'not-yours' }));
    return talk(deps, pressed, onboarding, { ...data.place, ...(at === undefined ? {} : { at }) });
  }
  const answer = await onboardings.saySeen(click, { saw: seen, ...data.place });
  if (answer.kind === 'refused') return refused(deps, pressed, answer);
  const did = data.verb === 'stuck-look' ? { did: 'looked' as const } : {};
  return talk(deps, pressed, answer.onboarding, { ...data.place, saw: seen, ...did });
}

/** A person is called. What she sees was said before, and goes along. */
export async function callForHelp(deps: ClickDeps, pressed: Pressed, data: ClickData): Promise<InvokeBody> {
  const answer = await deps.onboardings.callHelp(pressed.click);
  if (answer.kind === 'refused') return refused(deps, pressed, answer);
  const { saw = 'other' } = data.inputs;
  return talk(deps, pressed, answer.onboarding, { ...data.place, saw, did: 'called' });
}

/** Another pass is wanted: by her, or for her by whoever helps. Whoever approved gets the button; nothing is made. */
export async function wantPass(deps: ClickDeps, pressed: Pressed, data: ClickData): Promise<InvokeBody> {
  const { onboardings } = deps;
  const { click, caller, viewer } = pressed;
  const named = await onboardings.view(click.onboardingId);
  if (!named || named.nonce !== click.nonce) return messageAnswer(refusalText({ code: 'unknown-onboarding' }));
  const answer = await onboardings.wantPass(caller.person, named.number);
  if (answer.kind === 'refused') return messageAnswer(refusalText(answer.refusal));
  if (answer.onboarding.subject.id !== caller.person)
    return cardAnswer(
      answer.onboarding.helpCalls ? renderCall(answer.onboarding, viewer) : renderRequest(answer.onboarding, viewer),
    );
  const { saw = 'other' } = data.inputs;
  return talk(deps, pressed, answer.onboarding, { ...data.place, saw, did: 'pass-asked' });
}

function talk({ rules }: ClickDeps, { viewer }: Pressed, onboarding: Onboarding, about: StuckTalk): InvokeBody {
  return cardAnswer(renderStuck(onboarding, viewer, about, rules));
}

/** Read late: what it is about is over, and the guide says so. */
function refused(
  { rules }: ClickDeps,
  { viewer, caller }: Pressed,
  answer: Extract<Awaited<ReturnType<ClickDeps['onboardings']['callHelp']>>, { kind: 'refused' }>,
): InvokeBody {
  const { onboarding, refusal } = answer;
  const over = refusal.code === 'finished' && onboarding?.subject.id === caller.person;
  return over && onboarding ? cardAnswer(renderGuide(onboarding, viewer, rules)) : messageAnswer(refusalText(refusal));
}
