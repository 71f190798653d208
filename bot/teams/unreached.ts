import { plain, t } from '../../cards/render';
import type { Clock } from '../clock';
import type { Recipient } from '../onboarding/onboarding';
import { type Onboarding, reference } from '../onboarding/onboarding';
import type { PersonId } from '../onboarding/person';
import type { Outbox } from '../workflow/store-port';
import { type AnswerData, asStored } from './answer-data';

type Unreached = Extract<AnswerData, { kind: 'unreached' }>;

/**
 * Says to those who can help that somebody's messages do not arrive: where it was asked for, and to the approver when it
 * is the subject, because the approver is with her. Once each; later calls change nothing.
 */
export async function tellUnreached(
  outbox: Outbox,
  clock: Clock,
  onboarding: Onboarding,
  person: PersonId,
): Promise<void> {
  const say = (to: Recipient, data: Omit<Unreached, 'kind' | 'id'>) =>
    outbox.answer(
      `unreached:${onboarding.id}:${data.whom}:${data.say}`,
      to,
      asStored({ kind: 'unreached', id: onboarding.id, ...data }),
      clock.now(),
    );
  const asked = { conversation: onboarding.askedIn };
  if (person === onboarding.subject.id) {
    await say(asked, { whom: 'subject', say: 'asked' });
    if (onboarding.approvedBy) await say({ person: onboarding.approvedBy.id }, { whom: 'subject', say: 'approver' });
  } else if (person === onboarding.approver.id && onboarding.state === 'requested') {
    await say(asked, { whom: 'approver', say: 'asked' });
  }
}

/** Worth saying only while it is under way, and only of those on whom it waits. */
export function isWaitedFor(onboarding: Onboarding, person: PersonId): boolean {
  if (onboarding.state === 'closed') return false;
  return person === onboarding.subject.id || (person === onboarding.approver.id && onboarding.state === 'requested');
}

/** What is said; drawn when it is delivered, when it may be over already. */
export function unreachedText({ whom, say }: Unreached, onboarding: Onboarding): string {
  const words = { reference: plain(reference(onboarding)), subject: plain(onboarding.subject.displayName) };
  if (whom === 'approver')
    return t('unreached.decision', { ...words, approver: plain(onboarding.approver.displayName) });
  return say === 'approver' ? t('unreached.approver', words) : t('unreached.asked', words);
}
