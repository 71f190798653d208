import { type Card, refusalText, renderRecover, renderRecoverAsked, renderRecoverWhom, t } from '../../cards/render';
import { nameOf } from '../onboarding/person';
import type { RecoverAnswer } from '../workflow/onboardings';
import type { AnswerData } from './answer-data';
import { type AskDeps, askFor } from './ask';
import type { ClickData } from './click-data';
import type { ClickDeps, Pressed } from './clicks';
import type { Caller } from './gate';
import { cardAnswer, type InvokeBody, messageAnswer } from './invoke';
import type { Command } from './parse-command';

/** `recover jane`: what there is to choose from, for helpdesk. */
export async function offerRecovery(deps: AskDeps, caller: Caller, command: Command): Promise<AnswerData | null> {
  if (command.command !== 'recover') return null;
  const { people, whole, details } = command;
  const [only] = people;
  const said = whole ?? (only && ('text' in only ? only.text : only.name)) ?? '';
  // One at a time and at once: what goes is chosen on a card, and read again when that is sent.
  const one = only && (people.length === 1 || whole !== undefined) && details.startAt === undefined;
  if (!one) {
    const suggestion = `recover ${said}`.trim();
    return { kind: 'refusal', refusal: { code: 'unknown-command', said: suggestion, suggestion: 'recover jane' } };
  }
  const id = 'mention' in only ? await deps.resolveMention(caller, only.mention) : undefined;
  if (id === null) return { kind: 'refusal', refusal: { code: 'mention-unknown', name: said } };
  const who = id === undefined ? { text: said } : { id };
  const found = await deps.onboardings.recoverable({ requester: caller.person, who });
  const { ticket, because } = details;
  const typed = { ...(ticket === undefined ? {} : { ticket }), ...(because === undefined ? {} : { because }) };
  switch (found.kind) {
    case 'recover':
      return {
        kind: 'recover',
        person: nameOf(found.person),
        passkeys: found.passkeys,
        deletes: found.deletes,
        ...typed,
      };
    case 'choose':
      return { kind: 'recover-whom', said, people: found.people.map(nameOf) };
    case 'refused':
      return { kind: 'refusal', refusal: found.refusal };
  }
}

/** What helpdesk chose: first whom, then what. Everything on the card is looked up again; it names and never proves. */
export async function askRecovery(
  { onboardings }: ClickDeps,
  { caller, viewer }: Pressed,
  { person, loss, old, noneWorks, ticket, because }: ClickData['inputs'],
): Promise<InvokeBody> {
  if (person === undefined) return messageAnswer(t('people.needed'));
  if (loss === undefined) {
    const found = await onboardings.recoverable({ requester: caller.person, who: { id: person } });
    return found.kind === 'refused' ? messageAnswer(refusalText(found.refusal)) : cardAnswer(offer(found, viewer));
  }
  const { zone } = viewer;
  const ask = askFor(caller, { id: person }, { details: { ticket, because }, ...(zone ? { zone } : {}) });
  const answer = await onboardings.request({ ...ask, recover: { loss, old, noneWorks } });
  switch (answer.kind) {
    case 'requested':
      return cardAnswer(renderRecoverAsked(answer.onboarding));
    case 'choose':
      return cardAnswer(renderRecoverWhom(answer.people.map(nameOf), ''));
    case 'refused':
      return messageAnswer(refusalText(answer.refusal));
  }
}

function offer(found: Exclude<RecoverAnswer, { kind: 'refused' }>, viewer: Pressed['viewer']): Card {
  return found.kind === 'recover'
    ? renderRecover(nameOf(found.person), found.passkeys, found.deletes, viewer)
    : renderRecoverWhom(found.people.map(nameOf), '');
}
