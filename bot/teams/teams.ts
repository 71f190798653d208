import { randomUUID } from 'node:crypto';
import type { CardRules } from '../../cards/render';
import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { Onboardings } from '../workflow/onboardings';
import type { Outbox } from '../workflow/store-port';
import { limited, OnboardAdapter, type TokenFor } from './adapter';
import { asStored } from './answer-data';
import { createApp } from './app';
import { type Counts, noCounts } from './counts';
import { failureOf } from './delivery';
import { createFlood, type FloodLimits } from './flood';
import type { Caller } from './gate';
import type { GuidePlace } from './guide-place';
import { createPassScreens } from './pass-screens';
import { createProcess, type HttpRequest, type HttpResponse } from './process';
import type { InstallApp } from './reach';
import { offerRecovery } from './recover';
import { createSendLoop } from './send-loop';
import { createDeliver, type Deliver } from './sender';
import type { TeamsSettings } from './settings';

export interface TeamsDeps {
  readonly settings: TeamsSettings;
  readonly onboardings: Onboardings;
  readonly outbox: Outbox;
  readonly rules: CardRules;
  readonly clock: Clock;
  readonly log: Logger;
  /** The one credential, graph's: gives a bearer token for a scope. */
  readonly tokenFor: TokenFor;
  /** Where cards may lead people who have no Teams. */
  readonly guide?: GuidePlace;
  /** What a ticket looks like, one whole word; left out, as the usual systems number them. */
  readonly ticket?: RegExp;
  /** What the directory says that somebody wants to read. */
  readonly preferredLanguage?: (person: string) => Promise<string | undefined>;
  readonly floodLimits?: FloodLimits;
  /** Installs the app for somebody to whom a message is owed. Left out where Graph may not. */
  readonly installApp?: InstallApp;
  readonly counts?: Counts;
  /** Names this instance in outbox claims. */
  readonly owner?: string;
  /** For tests: milliseconds until a click is answered whatever is under way. */
  readonly hardStop?: number;
}

export interface Teams {
  /** Answers `POST /api/messages`; `request.body` is the parsed JSON. Never rejects. */
  process(request: HttpRequest, response: HttpResponse): Promise<void>;
  readonly deliver: Deliver;
  /** Starts delivering the outbox. */
  start(): void;
  /** Something was put into the outbox. Without it a look is taken every second. */
  wake(): void;
  stop(): Promise<void>;
}

/** The conversation with people, over Microsoft Teams. Throws when authentication would be off. */
export function createTeams(deps: TeamsDeps): Teams {
  const { settings, outbox, clock, log } = deps;
  const adapter = new OnboardAdapter(settings, deps.tokenFor);
  const screens = createPassScreens();
  const counts = deps.counts ?? noCounts;
  const shared = { ...deps, adapter, screens, counts };
  const deliver = createDeliver(shared);
  const loop = createSendLoop({ outbox, deliver, clock, log, owner: deps.owner ?? randomUUID() });

  async function resolveMention(caller: Caller, mention: string): Promise<string | null> {
    try {
      const client = await adapter.connector(caller.conversation.serviceUrl);
      const member = await client.conversations.getConversationMember(caller.conversation.id, mention, limited());
      const id: unknown = Reflect.get(member, 'aadObjectId') ?? Reflect.get(member, 'objectId');
      return typeof id === 'string' && id !== '' ? id.toLowerCase() : null;
    } catch (error) {
      // A tag or a team is mentioned like a person, and then there is no such member.
      log.info({ event: 'mention-unknown', code: failureOf(error, clock.now()).code });
      return null;
    }
  }

  const runTurn = createApp({
    ...shared,
    botId: adapter.botId,
    resolveMention,
    more: {
      recover: (caller, command) => offerRecovery({ onboardings: deps.onboardings, resolveMention }, caller, command),
    },
    wake: () => loop.wake(),
  });
  async function sayTooMany(caller: Caller, activityId: string): Promise<void> {
    await outbox.saveConversation(caller.conversation);
    const to = { conversation: caller.conversation.id };
    await outbox.answer(activityId, to, asStored({ kind: 'too-many' }), clock.now());
    loop.wake();
  }

  return {
    process: createProcess({
      adapter,
      settings,
      runTurn,
      flood: createFlood(deps.floodLimits),
      sayTooMany,
      counts,
      clock,
      log,
    }),
    deliver,
    start: () => loop.start(),
    wake: () => loop.wake(),
    stop: () => loop.stop(),
  };
}
