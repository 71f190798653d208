import type { Activity } from 'botbuilder';
import { inLanguage, languageFor, t } from '../../cards/render';
import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { OnboardAdapter } from './adapter';
import type { RunTurn } from './app';
import { channelOf } from './channel';
import type { Counts, TurnedAway } from './counts';
import { dialogMessage, isDialog } from './dialog';
import type { Admission, Flood } from './flood';
import { type Caller, passGate } from './gate';
import { errorAnswer, messageAnswer } from './invoke';
import { mayBeProof } from './proof';
import type { TeamsSettings } from './settings';

/** What is used of a request; restify's and Node's both have it. `body` is the parsed JSON. */
export interface HttpRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: unknown;
}

export interface HttpResponse {
  writeHead(status: number, headers?: Record<string, string>): unknown;
  end(body?: string): unknown;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface ProcessDeps {
  readonly adapter: OnboardAdapter;
  readonly settings: TeamsSettings;
  readonly runTurn: RunTurn;
  readonly flood: Flood;
  /** Says to somebody who floods, once in a while, that they are not heard. */
  readonly sayTooMany: (caller: Caller, activityId: string) => Promise<void>;
  readonly counts: Counts;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Answers `POST /api/messages`: first who sent it, then for whom it is, then whether it is too much, then the turn. */
export function createProcess(deps: ProcessDeps) {
  return async (request: HttpRequest, response: HttpResponse): Promise<void> => {
    const { status, body } = await answer(deps, request).catch((error: unknown): Answer => {
      deps.log.error({ event: 'activity-failed', error });
      return { status: 500 };
    });
    response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
}

async function answer(deps: ProcessDeps, request: HttpRequest): Promise<Answer> {
  const arrivedAt = deps.clock.now();
  const { body } = request;
  const away = (status: number, why: TurnedAway): Answer => {
    deps.counts.turnedAway(why);
    return { status };
  };
  if (!isActivity(body)) return away(400, 'no-activity');
  // Before the token: the SDK chooses by the channel whose keys it asks.
  if (body.channelId !== 'msteams') return away(403, 'other-channel');
  // Would take the answer of a click out of our hands.
  if (body.deliveryMode !== undefined && body.deliveryMode !== 'normal') return away(400, 'delivery-mode');

  const header = typeof request.headers.authorization === 'string' ? request.headers.authorization : '';
  const { appId } = deps.settings;
  if (!mayBeProof(header, { appId, issuer: channelOf(deps.settings).issuer, serviceUrl: body.serviceUrl }))
    return away(401, 'no-proof');
  let sender: Awaited<ReturnType<OnboardAdapter['authenticate']>>;
  try {
    sender = await deps.adapter.authenticate(body, header);
  } catch (error) {
    const ours = keysOutOfReach(error);
    if (ours) deps.log.warn({ event: 'signing-keys-out-of-reach' });
    return ours ? away(503, 'keys-out-of-reach') : away(401, 'no-proof');
  }
  const caller = passGate(body, deps.settings);
  // Nothing can be done for nobody; but news that is refused would be sent again.
  if (caller === 'nameless' && body.type !== 'message' && body.type !== 'invoke') return away(200, caller);
  if (typeof caller === 'string') {
    deps.log.warn({ event: 'activity-barred', why: caller, type: body.type });
    return away(403, caller);
  }
  const admission = deps.flood.admit(caller.person, arrivedAt);
  // What goes wrong before anything was looked up is said in the language of their Teams.
  return inLanguage(languageFor([caller.conversation.locale]), () =>
    admission === 'in' ? turn(deps, sender, body, { caller, arrivedAt }) : tooMany(deps, caller, body, admission),
  );
}

/** Nothing is read, looked up or stored, but one word to the person; a click is answered, because its card would break. */
async function tooMany(
  deps: ProcessDeps,
  caller: Caller,
  activity: Activity,
  admission: Exclude<Admission, 'in'>,
): Promise<Answer> {
  deps.counts.turnedAway(admission === 'crowded' ? 'crowded' : 'too-many');
  if (admission === 'first') deps.log.warn({ event: 'sender-floods', person: caller.person });
  if (isDialog(activity)) return { status: 200, body: dialogMessage(t('click.tooMany')) };
  if (activity.type === 'invoke') return { status: 200, body: messageAnswer(t('click.tooMany')) };
  if (admission === 'first' && activity.type === 'message') await deps.sayTooMany(caller, activity.id ?? '');
  return { status: 429 };
}

async function turn(
  deps: ProcessDeps,
  sender: Awaited<ReturnType<OnboardAdapter['authenticate']>>,
  activity: Activity,
  about: Parameters<RunTurn>[1],
): Promise<Answer> {
  try {
    const result = await deps.adapter.turn(sender, activity, (context) => deps.runTurn(context, about));
    return { status: result?.status ?? 200, ...(result?.body === undefined ? {} : { body: result.body }) };
  } catch (error) {
    deps.log.error({ event: 'turn-failed', type: activity.type, error });
    // Teams shows a click without an answer as a broken app, and the card keeps that state.
    if (isDialog(activity)) return { status: 200, body: dialogMessage(t('click.failed')) };
    if (activity.type === 'invoke') return { status: 200, body: errorAnswer(500, 'Failed', t('click.failed')) };
    return { status: 500 };
  }
}

function isActivity(body: unknown): body is Activity {
  return typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string';
}

/** The keys could not be fetched, which says nothing about the sender. */
function keysOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'FetchError' || Reflect.get(error, 'statusCode') === 500;
}
