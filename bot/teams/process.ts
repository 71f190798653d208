import type { Activity } from 'botbuilder';
import { t } from '../../cards/render';
import type { Clock } from '../clock';
import type { Logger } from '../log';
import type { OnboardAdapter } from './adapter';
import type { RunTurn } from './app';
import { passGate } from './gate';
import { errorAnswer } from './invoke';
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
  readonly clock: Clock;
  readonly log: Logger;
}

/** Answers `POST /api/messages`: first who sent it, then for whom it is, then the turn. */
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
  if (!isActivity(body)) return { status: 400 };
  // Before the token: the SDK chooses by the channel whose keys it asks.
  if (body.channelId !== 'msteams') return { status: 403 };
  // Would take the answer of a click out of our hands.
  if (body.deliveryMode !== undefined && body.deliveryMode !== 'normal') return { status: 400 };

  const header = request.headers.authorization;
  let sender: Awaited<ReturnType<OnboardAdapter['authenticate']>>;
  try {
    sender = await deps.adapter.authenticate(body, typeof header === 'string' ? header : '');
  } catch (error) {
    const ours = keysOutOfReach(error);
    deps.log.warn({ event: ours ? 'signing-keys-out-of-reach' : 'sender-refused' });
    return { status: ours ? 503 : 401 };
  }
  const caller = passGate(body, deps.settings);
  if (typeof caller === 'string') {
    deps.log.warn({ event: 'activity-barred', why: caller, type: body.type });
    return { status: 403 };
  }
  return turn(deps, sender, body, { caller, arrivedAt });
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
