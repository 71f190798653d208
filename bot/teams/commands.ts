import { type Language, languageNamed, listRow } from '../../cards/render';
import type { Clock } from '../clock';
import { nameOf, type PersonId } from '../onboarding/person';
import type { Refusal } from '../onboarding/refusal';
import type { Onboardings, RequestAsk } from '../workflow/onboardings';
import type { Outbox } from '../workflow/store-port';
import { type AnswerData, asStored } from './answer-data';
import type { Caller } from './gate';
import { type Command, parseCommand, type Whom } from './parse-command';
import { callerLanguage } from './readers';

export interface CommandDeps {
  readonly onboardings: Onboardings;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly botId: string;
  /** Whom a mention means; `null` when Teams does not know. */
  readonly resolveMention: (caller: Caller, mention: string) => Promise<string | null>;
  /** What the directory says that a person wants to read; `undefined` when it does not say, or not now. */
  readonly preferredLanguage?: (person: PersonId) => Promise<string | undefined>;
  /** Something was put into the outbox. */
  readonly wake: () => void;
}

/** Does what a chat line asks. The reply goes through the outbox; nothing is sent from here. */
export async function handleLine(
  deps: CommandDeps,
  caller: Caller,
  activityId: string,
  text: string | undefined,
): Promise<void> {
  const command = parseCommand({ text, botId: deps.botId, mentions: caller.mentions });
  const reply = await carryOut(deps, caller, command);
  if (reply) {
    const data = asStored(reply, await languageOf(deps, caller));
    await deps.outbox.answer(activityId, { conversation: caller.conversation.id }, data, deps.clock.now());
  }
  deps.wake();
}

async function languageOf({ outbox, preferredLanguage }: CommandDeps, caller: Caller): Promise<Language> {
  return callerLanguage(outbox, caller, await preferredLanguage?.(caller.person));
}

async function carryOut(deps: CommandDeps, caller: Caller, command: Command): Promise<AnswerData | null> {
  const { onboardings } = deps;
  switch (command.command) {
    case 'refused':
      return refusal(command.refusal);
    case 'help':
      return { kind: 'help' };
    case 'language': {
      const language = languageNamed(command.said);
      if (language !== undefined) await deps.outbox.chooseLanguage(caller.person, language);
      return { kind: 'language', set: language !== undefined };
    }
    case 'onboard':
      return onboard(deps, caller, command.who);
    case 'list': {
      const found = await onboardings.list(caller.person);
      return 'code' in found ? refusal(found) : { kind: 'list', rows: found.map(listRow) };
    }
    case 'status': {
      const found = await onboardings.find(caller.person, command.number);
      return 'code' in found ? refusal(found) : { kind: 'onboarding', id: found.id };
    }
    case 'stop':
    case 'cancel': {
      // Both end the onboarding, whatever stage it is in; what is not open yet is cancelled, what is open is stopped.
      const answer = await onboardings.cancel(caller.person, command.number);
      return answer.kind === 'ok' ? { kind: 'onboarding', id: answer.onboarding.id } : refusal(answer.refusal);
    }
  }
}

async function onboard(deps: CommandDeps, caller: Caller, who: Whom): Promise<AnswerData | null> {
  let whom: RequestAsk['who'];
  let said = '';
  if ('mention' in who) {
    const id = await deps.resolveMention(caller, who.mention);
    if (id === null) return refusal({ code: 'nobody-found', name: who.name });
    whom = { id };
  } else {
    whom = who;
    said = who.text;
  }
  const answer = await deps.onboardings.request({
    requester: caller.person,
    who: whom,
    askedIn: caller.conversation.id,
  });
  switch (answer.kind) {
    case 'requested':
      // Its live card is on its way to this conversation already.
      return null;
    case 'choose':
      return { kind: 'choose', said, people: answer.people.map(nameOf) };
    case 'refused':
      return refusal(answer.refusal);
  }
}

function refusal(refusal: Refusal): AnswerData {
  return { kind: 'refusal', refusal };
}
