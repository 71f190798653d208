import { working } from '../onboarding/recovery';
import { judgeRequester } from '../onboarding/request';
import { judgeSubject } from '../onboarding/subject';
import type { Context } from './context';
import { isExempt, readSubject } from './facts';
import { resolve } from './make-request';
import type { RecoverAnswer, RequestAsk } from './onboardings';

/**
 * What helpdesk chooses from before a recovery is asked for: the passkeys that are registered, and which of them this
 * company accepts. Reads only, and only for helpdesk.
 */
export async function readRecoverable(
  context: Context,
  ask: Pick<RequestAsk, 'requester' | 'who'>,
): Promise<RecoverAnswer> {
  const { tenant, store, policy } = context;
  const [requester, isHelpdesk, paused, requesterExempt] = await Promise.all([
    tenant.person(ask.requester),
    tenant.isInGroup(ask.requester, policy.helpdeskGroupId),
    store.paused(),
    isExempt(context, ask.requester),
  ]);
  if (!requester) return { kind: 'refused', refusal: { code: 'not-helpdesk' } };
  const refusal = judgeRequester({ requester, isHelpdesk, paused, requesterExempt, requestedToday: 0 }, policy);
  if (refusal) return { kind: 'refused', refusal };

  const found = await resolve(context, ask.who);
  if ('answer' in found) return found.answer;
  const { person } = found;
  if (person.id === requester.id) return { kind: 'refused', refusal: { code: 'self' } };
  const facts = await readSubject(context, person);
  const judged = judgeSubject(facts, 'recover', policy);
  if ('refusal' in judged) return { kind: 'refused', refusal: judged.refusal };
  if (facts.passkeys.length === 0)
    return { kind: 'refused', refusal: { code: 'nothing-to-recover', name: person.displayName } };
  const accepted = new Set(working(facts.passkeys, policy).map(({ id }) => id));
  return {
    kind: 'recover',
    person,
    passkeys: facts.passkeys.map(({ id, kind, displayName, createdAt }) => ({
      id,
      kind,
      ...(displayName ? { displayName } : {}),
      ...(createdAt === undefined ? {} : { createdAt }),
      accepted: accepted.has(id),
    })),
    deletes: policy.recoverDelete === 'on',
  };
}
