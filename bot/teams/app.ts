import { Application } from '@microsoft/teams-ai/lib/Application';
import type { TurnContext } from 'botbuilder';
import { inLanguage, knownZone, languageFor, renderNeutral, t } from '../../cards/render';
import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { Outbox } from '../workflow/store-port';
import { readClick } from './click-data';
import { type ClickDeps, handleClick } from './clicks';
import { type CommandDeps, handleLine } from './commands';
import { answerDialog, type DialogBody, dialogMessage, isDialog } from './dialog';
import type { Caller } from './gate';
import { cardAnswer, errorAnswer, type InvokeBody, messageAnswer } from './invoke';
import { callerLanguage, directoryLanguage } from './readers';
import { within } from './within';

export interface AppDeps extends ClickDeps, CommandDeps {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds after which a click is answered, whatever is still under way. */
  readonly hardStop?: number;
}

/** What the turn was started with, for the routes. */
export interface Turn {
  readonly caller: Caller;
  readonly arrivedAt: number;
}

export type RunTurn = (context: TurnContext, turn: Turn) => Promise<void>;

/** Teams gives an invoke about five seconds. */
const HARD_STOP = 4_000;
/** A pass that is made at the last moment (the workflow stops at four seconds) must still be shown. */
const PASS_GRACE = 500;

/**
 * Routes activities. Of teams-ai only the router is used: no storage (it loses updates), no typing timer (one for all
 * turns), no mention removal (it throws), and no handler ever returns a card (it would be broadcast).
 */
export function createApp(deps: AppDeps): RunTurn {
  const turns = new WeakMap<TurnContext, Turn>();
  const app = new Application({
    botAppId: deps.botId,
    startTypingTimer: false,
    removeRecipientMention: false,
  });
  const turnOf = (context: TurnContext): Turn => {
    const turn = turns.get(context);
    if (!turn) throw new Error('a turn without a caller');
    return turn;
  };

  app.addRoute(
    async ({ activity }) => activity.type === 'invoke' && activity.name === 'adaptiveCard/action',
    async (context) => {
      let body: InvokeBody = errorAnswer(500, 'Failed', t('click.failed'));
      try {
        body = await answerClick(deps, turnOf(context), context.activity.value);
      } catch (error) {
        deps.log.error({ event: 'click-failed', error });
      } finally {
        // Goes into the HTTP answer; nothing is sent.
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
      }
    },
    true,
  );

  app.addRoute(
    async ({ activity }) => isDialog(activity),
    async (context) => {
      let body: DialogBody = dialogMessage(t('click.failed'));
      try {
        body = await answerDialog(deps, turnOf(context), context.activity.name ?? '', context.activity.value);
      } catch (error) {
        deps.log.error({ event: 'click-failed', error });
      } finally {
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
      }
    },
    true,
  );

  app.activity('message', async (context) => {
    const { caller } = turnOf(context);
    await deps.outbox.saveConversation(caller.conversation);
    // Whoever writes here has the app and has not blocked it: what waited for that need not wait longer.
    if (caller.conversation.kind === 'personal') await deps.outbox.reachable(caller.person, deps.clock.now());
    await handleLine(deps, caller, context.activity.id ?? '', context.activity.text);
  });

  app.activity(['installationUpdate', 'conversationUpdate'], async (context) => {
    const { caller } = turnOf(context);
    const { type, action, membersRemoved } = context.activity;
    const gone =
      type === 'installationUpdate'
        ? action?.startsWith('remove') === true
        : membersRemoved?.some((member) => member.id === deps.botId) === true;
    if (gone) await deps.outbox.forgetConversation(caller.conversation.id);
    else {
      await deps.outbox.saveConversation(caller.conversation);
      await deps.outbox.reachable(caller.person, deps.clock.now());
    }
    deps.wake();
  });

  return async (context, turn) => {
    turns.set(context, turn);
    await app.run(context);
  };
}

async function answerClick(deps: AppDeps, { caller, arrivedAt }: Turn, value: unknown): Promise<InvokeBody> {
  const data = readClick(value);
  if (data === 'malformed') return errorAnswer(400, 'BadRequest', t('click.malformed'));
  if (data === 'refresh') return cardAnswer(renderNeutral());
  if (data === 'unknown-verb') return messageAnswer(t('click.unknown'));
  const zone = knownZone(caller.zone);
  const pressed = {
    caller,
    click: {
      by: caller.person,
      onboardingId: data.onboarding,
      nonce: data.nonce,
      version: data.version,
      arrivedAt,
    },
    viewer: { id: caller.person, ...(zone === undefined ? {} : { zone }) },
  };
  const showsPass = data.verb === 'show-pass' || data.verb === 'approve-and-show';
  const limit = (deps.hardStop ?? HARD_STOP) + (showsPass ? PASS_GRACE : 0);
  let language = languageFor([caller.conversation.locale]);
  const work = (async () => {
    const [about] = await Promise.all([
      deps.onboardings.view(data.onboarding),
      deps.outbox.saveConversation(caller.conversation),
    ]);
    language = await callerLanguage(deps.outbox, caller, directoryLanguage(about, caller.person));
    return inLanguage(language, () => handleClick(deps, pressed, data));
  })();
  const answer = await within(work, arrivedAt + limit - deps.clock.now());
  deps.wake();
  if (answer !== undefined) return answer;
  // The work goes on; what it does shows on the cards. A pass that comes now is not shown, and the next press ends it.
  work.catch((error: unknown) => deps.log.error({ event: 'late-click-failed', verb: data.verb, error }));
  deps.log.warn({ event: 'click-late', verb: data.verb });
  // Under `approve-and-show` the card stays as it is, and its own button is the one that goes on to the pass.
  const words = data.verb === 'show-pass' ? 'click.gettingReady' : 'click.busy';
  return inLanguage(language, () => messageAnswer(t(words)));
}
