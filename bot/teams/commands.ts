import { knownZone, type Language, languageNamed, listRow } from '../../cards/render';
import type { Clock } from '../clock';
import type { PersonId } from '../onboarding/person';
import type { Refusal } from '../onboarding/refusal';
import type { Outbox } from '../workflow/store-port';
import { type AnswerData, asStored } from './answer-data';
import { type AskDeps, ask } from './ask';
import type { Caller } from './gate';
import { type Command, type MoreCommand, parseCommand, type Whom } from './parse-command';
import { callerLanguage } from './readers';

export interface CommandDeps extends AskDeps {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly botId: string;
  /** What a ticket looks like here; left out, as the usual systems number them. */
  readonly ticket?: RegExp;
  /** Commands that exist only where somebody carries them out. */
  readonly more?: {
    readonly [C in MoreCommand]?: (caller: Caller, command: Command) => Promise<AnswerData | null>;
  };
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
  const command = parseCommand({
    text,
    botId: deps.botId,
    mentions: caller.mentions,
    now: deps.clock.now(),
    zone: knownZone(caller.zone) ?? 'UTC',
    more: Object.keys(deps.more ?? {}) as MoreCommand[],
    ...(deps.ticket ? { ticket: deps.ticket } : {}),
  });
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
    case 'onboard': {
      const { people, whole, details } = command;
      const zone = knownZone(caller.zone);
      const asked = { people, details, ...(whole ? { whole } : {}), ...(zone ? { zone } : {}) };
      return ask(deps, caller, asked);
    }
    case 'status-of':
      return statusOf(deps, caller, command.who);
    case 'new-pass': {
      const answer = await onboardings.wantPass(caller.person, command.number);
      if (answer.kind === 'refused') return refusal(answer.refusal);
      const { number, approvedBy, approver } = answer.onboarding;
      return { kind: 'pass-wanted', number, approver: (approvedBy ?? approver).displayName };
    }
    case 'pause':
    case 'resume': {
      const paused = command.command === 'pause';
      const answer = await onboardings.setPaused(caller.person, paused);
      return 'code' in answer ? refusal(answer) : { kind: 'pause', paused, changed: answer.changed };
    }
    case 'recover':
    case 'doctor':
      // Parsed only where it is one of `more`.
      return (await deps.more?.[command.command]?.(caller, command)) ?? null;
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

async function statusOf(deps: CommandDeps, caller: Caller, who: Whom): Promise<AnswerData> {
  const name = 'text' in who ? who.text : who.name;
  const id = 'mention' in who ? await deps.resolveMention(caller, who.mention) : undefined;
  if (id === null) return refusal({ code: 'mention-unknown', name });
  const found = await deps.onboardings.lookUp(caller.person, id === undefined ? { text: name } : { id });
  if ('code' in found) return refusal(found);
  const [only] = found;
  if (!only) return refusal({ code: 'no-onboarding-for', name });
  // Of one person's several the newest is meant, unless an older one is open.
  const open = found.filter(({ state }) => state !== 'closed');
  const one = open.length === 1 ? open[0] : found.length === 1 ? only : undefined;
  return one ? { kind: 'onboarding', id: one.id } : { kind: 'list', rows: found.map(listRow) };
}

function refusal(refusal: Refusal): AnswerData {
  return { kind: 'refusal', refusal };
}
