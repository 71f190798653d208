/**
 * The playground's Teams: the Bot Connector that the product calls, the channel that calls the product, and the people
 * who sit in front of it.
 *
 * **For the product** (serviceUrl is the playground's `/teams/`):
 * - `/teams/v3/conversations...`: start a personal chat, post, edit, delete, read members. A bearer that
 *   `verifyBotToken` accepts is needed. Answers 400, 401, 403, 404, 413 and 429 as the Teams pages on proactive messages,
 *   on conversation messages and on rate limits document them; `behaviour.teamsStatus` makes every write fail.
 * - `/teams/openid`, `/teams/openid/keys`: the channel's signing keys. To let botbuilder trust them, give
 *   `ConfigurationBotFrameworkAuthentication` the whole set of its overrides (with one of them set, the SDK takes none of
 *   its own values for the others):
 *   `ToBotFromChannelOpenIdMetadataUrl: <playground>/teams/openid`,
 *   `ToBotFromEmulatorOpenIdMetadataUrl: <playground>/teams/openid`,
 *   `ToBotFromChannelTokenIssuer: https://api.botframework.com`,
 *   `ToChannelFromBotLoginUrl`, `ToChannelFromBotOAuthScope`, `OAuthUrl: https://api.botframework.com`, `CallerId`.
 *
 * **What it does as Teams does**
 * - A card that an invoke answers with is seen by the one who clicked and by nobody else. An edit by the bot ends all own
 *   views; cards with `refresh` are then asked for anew, for those listed by MRI (or all, up to 60 members), not again
 *   within a minute of the last answer unless the bot has edited the message since.
 * - A click is answered within 5 s or the person is told that the app is unreachable. Inputs are checked first.
 * - In the channel and the group the bot hears only what mentions it. Each message in the channel starts a thread.
 * - Text and attachment in one activity become two messages and no id.
 *
 * **What it leaves out**: files, reactions, edits by people, message extensions, tabs; one client per person, so an own
 * view is the person's and not the device's; further cards of a message with several are kept but not shown.
 *
 * **The app** is installed for everybody from the start. The news of it (`installationUpdate`, `conversationUpdate`) is
 * kept until the product takes it: `start()` and `POST /teams/script/start` send it and go on trying in the background,
 * and a person's first message or click sends that person's first.
 *
 * **For scripts** `/teams/script/...`: see playground/contract.ts. `open` also takes `personal`, `channel` or `group`.
 * A script that asks for what no client could do (a button that is not there, an input left empty) is answered 4xx with
 * `{error: {code, message}}` and nothing is sent.
 */
import type { PlaygroundClock } from '../clock';
import type { Behaviour } from '../contract';
import type { Route } from '../http';
import type { Journal } from '../journal';
import { createAppEvents } from './app-events';
import { connectorRoutes } from './connector';
import { createDeliver } from './deliver';
import { createInvoke } from './invoke';
import { createLimits } from './limits';
import { createPosting } from './posting';
import { createRefresh } from './refresh';
import { scriptRoutes } from './script';
import { createSigning } from './signing';
import { createToasts } from './toasts';
import { createWorld, type TeamsPerson } from './world';

export { actionTitled, type CardAction, type CardInput, cardActions } from './card-actions';
export type { TeamsPerson } from './world';

export interface TeamsOptions {
  readonly people: () => readonly TeamsPerson[];
  readonly tenantId: string;
  readonly botAppId: string;
  readonly clock: PlaygroundClock;
  readonly journal: Journal;
  /** Where the product takes activities: http://127.0.0.1:PORT/api/messages */
  readonly botEndpoint: () => string;
  /** http://127.0.0.1:PORT/teams/ with the slash: the serviceUrl of every activity. */
  readonly publicUrl: () => string;
  readonly verifyBotToken: (bearer: string) => boolean;
  readonly behaviour: () => Behaviour;
  /** Keys of who is in the channel; those who are not in the scenario are left out. */
  readonly channelMembers?: readonly string[];
  readonly groupMembers?: readonly string[];
  /** Keys of those of whom the product hears that they have the app; of everybody where not given. */
  readonly newsOf?: readonly string[];
  /** How long a client waits for the answer to a click, ms. */
  readonly invokeDeadlineMs?: number;
}

export interface Teams {
  readonly routes: Route[];
  /** Tells the product of the app's installations, in the background, until it has taken them all. */
  start(): void;
  stop(): void;
  /** Resolves when no automatic refresh is under way. */
  idle(): Promise<void>;
  /** The app in people's personal scope, by object id, for whoever installs it from outside of Teams. */
  readonly apps: {
    installed(personId: string): boolean;
    blocked(personId: string): boolean;
    install(personId: string): void;
    /** Id of the chat of the bot and this person. */
    chatId(personId: string): string;
  };
}

const CHANNEL_MEMBERS = ['priya', 'sam', 'helen', 'mo', 'mallory', 'kim'];
const GROUP_MEMBERS = ['priya', 'mo', 'jane'];
const INVOKE_DEADLINE_MS = 5_000;

export function createTeams(options: TeamsOptions): Teams {
  const { people, tenantId, botAppId, clock, journal, publicUrl, verifyBotToken, behaviour } = options;
  const { channelMembers = CHANNEL_MEMBERS, groupMembers = GROUP_MEMBERS } = options;
  const world = createWorld({ people, tenantId, botAppId, channelMembers, groupMembers, now: clock.now });
  const signing = createSigning(botAppId);
  const deliver = createDeliver(signing, options.botEndpoint, publicUrl);
  const toasts = createToasts(clock.now);
  const deadlineMs = options.invokeDeadlineMs ?? INVOKE_DEADLINE_MS;
  const invoke = createInvoke(world, deliver, toasts, journal, deadlineMs);
  const refresh = createRefresh(world, invoke);
  const posting = createPosting(world, refresh, journal);
  const appEvents = createAppEvents(world, deliver, options.newsOf);
  const limits = createLimits(clock.now);

  const openId: Route[] = [
    {
      method: 'GET',
      pattern: /^\/teams\/openid$/,
      handler: () => ({ status: 200, body: signing.metadata(publicUrl()) }),
    },
    {
      method: 'GET',
      pattern: /^\/teams\/openid\/keys$/,
      handler: async () => ({ status: 200, body: await signing.jwks() }),
    },
  ];

  return {
    routes: [
      ...openId,
      ...connectorRoutes({ world, limits, posting, journal, verifyBotToken, behaviour }),
      ...scriptRoutes({ world, deliver, invoke, refresh, appEvents, toasts, journal }),
    ],
    start: appEvents.start,
    stop: appEvents.stop,
    idle: refresh.idle,
    apps: {
      installed: (id) => world.app(id).installed,
      blocked: (id) => world.app(id).blocked,
      install(id) {
        const person = world.personById(id);
        if (person) void appEvents.install(person);
      },
      chatId: (id) => world.personal(id).id,
    },
  };
}
