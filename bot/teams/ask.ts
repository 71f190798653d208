import { nameOf } from '../onboarding/person';
import type { Refusal } from '../onboarding/refusal';
import type { Onboardings, RequestAsk } from '../workflow/onboardings';
import type { AnswerData, GatheredRow } from './answer-data';
import type { Caller } from './gate';
import { suggested, type Whom } from './parse-command';
import type { Details } from './read-people';

export interface AskDeps {
  readonly onboardings: Onboardings;
  /** Whom a mention means; `null` when Teams does not know. */
  readonly resolveMention: (caller: Caller, mention: string) => Promise<string | null>;
}

export interface Asked {
  readonly people: readonly Whom[];
  /** A list of two that may be one name. */
  readonly whole?: string;
  readonly details: Details;
  /** The requester's time zone, where it is known. */
  readonly zone?: string;
}

/** Asks for one person or for several. `null`: the card of the one request is on its way and is all that is to be said. */
export async function ask(deps: AskDeps, caller: Caller, asked: Asked): Promise<AnswerData | null> {
  const { people, whole, details, zone } = asked;
  const [only] = people;
  if (!only) return { kind: 'pick' };
  if (people.length === 1) return one(deps, caller, only, asked);
  if (whole !== undefined) {
    // `Doe, Jane` is a list of two, and how many directories write one name.
    const answer = await deps.onboardings.request(askFor(caller, { text: whole }, asked));
    if (answer.kind !== 'refused') return told(answer, { text: whole }, details, zone);
    if (answer.refusal.code !== 'nobody-found') return { kind: 'refusal', refusal: answer.refusal };
  }
  const rows: GatheredRow[] = [];
  // One after the other: the caps hold for the next as the one before has left them.
  for (const who of people) rows.push(await gather(deps, caller, who, asked));
  return { kind: 'gathered', rows };
}

async function one(deps: AskDeps, caller: Caller, who: Whom, asked: Asked): Promise<AnswerData | null> {
  const whom = await resolve(deps, caller, who);
  if (!whom) return { kind: 'refusal', refusal: { code: 'mention-unknown', name: nameOfWhom(who) } };
  return told(await deps.onboardings.request(askFor(caller, whom, asked)), who, asked.details, asked.zone);
}

function told(
  answer: Awaited<ReturnType<Onboardings['request']>>,
  who: Whom,
  details: Details,
  zone: string | undefined,
): AnswerData | null {
  switch (answer.kind) {
    case 'requested':
      return null;
    case 'choose': {
      const about = { said: nameOfWhom(who), people: answer.people.map(nameOf) };
      return { kind: 'choose', ...about, details, ...(zone === undefined ? {} : { zone }) };
    }
    case 'refused':
      return { kind: 'refusal', refusal: orCommand(answer.refusal) };
  }
}

/** `@Onboard lsit` names somebody whom nobody knows, and was probably a command. */
function orCommand(refusal: Refusal): Refusal {
  if (refusal.code !== 'nobody-found') return refusal;
  const [word = '', ...rest] = refusal.name.split(' ');
  const suggestion = suggested(word.toLowerCase(), rest.join(' '));
  return suggestion === undefined || suggestion.startsWith('onboard') ? refusal : { ...refusal, suggestion };
}

async function gather(deps: AskDeps, caller: Caller, who: Whom, asked: Asked): Promise<GatheredRow> {
  const said = nameOfWhom(who);
  const whom = await resolve(deps, caller, who);
  if (!whom) return { said, refusal: { code: 'mention-unknown', name: said } };
  const answer = await deps.onboardings.request(askFor(caller, whom, asked));
  switch (answer.kind) {
    case 'requested':
      return { said, number: answer.onboarding.number, subject: answer.onboarding.subject.displayName };
    case 'choose':
      return { said, refusal: { code: 'too-many-found', name: said } };
    case 'refused':
      return { said, refusal: answer.refusal };
  }
}

async function resolve(deps: AskDeps, caller: Caller, who: Whom): Promise<RequestAsk['who'] | null> {
  if ('text' in who) return who;
  const id = await deps.resolveMention(caller, who.mention);
  return id === null ? null : { id };
}

export function askFor(
  caller: Caller,
  who: RequestAsk['who'],
  { details, zone }: Pick<Asked, 'details' | 'zone'>,
): RequestAsk {
  const { startAt, ticket, because } = details;
  const words = {
    ...(ticket ? { ticket } : {}),
    ...(because ? { because } : {}),
    ...(zone === undefined ? {} : { zone }),
  };
  return {
    requester: caller.person,
    who,
    askedIn: caller.conversation.id,
    ...(startAt === undefined ? {} : { startAt }),
    ...(Object.keys(words).length > 0 ? { words } : {}),
  };
}

function nameOfWhom(who: Whom): string {
  return 'text' in who ? who.text : who.name;
}
