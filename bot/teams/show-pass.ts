import { type GuideLink, refusalText, renderApproval, renderHandOver, t } from '../../cards/render';
import { qrPng } from '../guide/qr';
import type { Click } from '../workflow/onboardings';
import type { ClickData } from './click-data';
import type { ClickDeps, Pressed } from './clicks';
import type { GuidePlace } from './guide-place';
import { cardAnswer, type InvokeBody, messageAnswer } from './invoke';
import { within } from './within';

/** Milliseconds; the click has been under way for a while. */
const LINK_WITHIN = 200;

/**
 * Approves where the button says so, then asks for the pass and draws it into the answer. This is the only place where
 * a pass leaves its type, and the answer is the only place it goes to.
 */
export async function showPass(deps: ClickDeps, pressed: Pressed, data: ClickData): Promise<InvokeBody> {
  // The approver's own chat with the bot; a card that was carried elsewhere must not show a pass to whoever reads along.
  if (pressed.caller.conversation.kind !== 'personal') return messageAnswer(t('click.personalOnly'));
  // Held before the approval too: its own card edit must not land on top of the pass.
  const release = await deps.screens.hold(pressed.click.onboardingId);
  try {
    if (data.verb !== 'approve-and-show') return await mint(deps, pressed, pressed.click, false);
    const approved = await approve(deps, pressed, data);
    return 'body' in approved ? approved.body : await mint(deps, pressed, approved.click, true);
  } finally {
    release();
  }
}

/**
 * Pressed again - the answer may have been lost - the approval is there already and was this person's: go on to the
 * pass. Whether they may see it is judged again there.
 */
async function approve(
  { onboardings, rules }: ClickDeps,
  { click, viewer }: Pressed,
  data: ClickData,
): Promise<{ readonly body: InvokeBody } | { readonly click: Click }> {
  const answer = await onboardings.approve(click, data.inputs);
  const onboarding = answer.onboarding;
  const again =
    answer.kind === 'refused' && answer.refusal.code === 'already-decided' && onboarding?.approvedBy?.id === click.by;
  if (answer.kind === 'refused' && !again) return { body: messageAnswer(refusalText(answer.refusal)) };
  // Whoever became privileged meanwhile waits for the second approval.
  if (onboarding?.state === 'requested') return { body: cardAnswer(renderApproval(onboarding, viewer, rules)) };
  return { click: { ...click, version: onboarding?.version ?? click.version } };
}

async function mint(
  { onboardings, rules, guide }: ClickDeps,
  { viewer }: Pressed,
  click: Click,
  justApproved: boolean,
): Promise<InvokeBody> {
  const answer = await onboardings.showPass(click);
  if (answer.kind === 'pass') {
    const link = await guideLink(guide, answer.onboarding.id);
    return cardAnswer(renderHandOver(answer.onboarding, answer.pass.reveal(), viewer, rules, link));
  }
  // The card that asked for the approval is out of date now; the one that follows has the button to press.
  if (justApproved && answer.refusal.code === 'getting-ready' && answer.onboarding)
    return cardAnswer(renderApproval(answer.onboarding, viewer, rules));
  return messageAnswer(refusalText(answer.refusal));
}

/** The way to the instructions. Whatever is wrong with it, the pass is shown in time: then the general address will do. */
async function guideLink(guide: GuidePlace | undefined, onboarding: string): Promise<GuideLink | undefined> {
  if (!guide) return undefined;
  const personal = guide.personal(onboarding).catch(() => undefined);
  const url = (await within(personal, LINK_WITHIN)) ?? guide.url;
  return { url, qr: qrPng(url) };
}
