import type { LiveMessage, NoticeMessage } from '../bot/onboarding/decision';
import type { Onboarding } from '../bot/onboarding/onboarding';
import { outcomeText, referenceOf } from './facts';
import { words } from './strings/strings';
import { plain, type Safe } from './text';

/** One plain line for the notification and the chat list, where a card cannot be shown. */
export function summaryOf(message: LiveMessage | NoticeMessage, onboarding: Onboarding): Safe {
  return words(`summary.${message}`, {
    reference: referenceOf(onboarding),
    subject: plain(onboarding.subject.displayName),
    outcome: outcomeText(onboarding.outcome ?? onboarding.exit?.outcome ?? 'cancelled'),
  });
}
