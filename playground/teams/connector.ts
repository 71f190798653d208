import type { Behaviour } from '../contract';
import type { Handler, Reply, Request, Route } from '../http';
import type { Journal } from '../journal';
import { isObject, listOf } from './activity';
import type { Limits } from './limits';
import { checkOutbound } from './outbound';
import type { Posting } from './posting';
import { activityNotFound, badArgument, conversationNotFound, Refusal, scripted, throttled } from './refusal';
import { memberOf, membersPage } from './roster';
import type { Chat, Message, World } from './world';

export interface ConnectorOptions {
  readonly world: World;
  readonly limits: Limits;
  readonly posting: Posting;
  readonly journal: Journal;
  readonly verifyBotToken: (bearer: string) => boolean;
  readonly behaviour: () => Behaviour;
}

interface Target {
  readonly chat: Chat;
  readonly conversation: string;
}

const C = '(?<c>[^/]+)';
const ID = '(?<id>[^/]+)';

/** The Bot Connector under /teams/v3: what a bot may do in the conversations that it is in. */
export function connectorRoutes(options: ConnectorOptions): Route[] {
  const { world, limits, posting, journal } = options;

  /** The bot is in the channel and in the group for good; in a personal chat while the person has the app. */
  function mayRead(request: Request): Target {
    const conversation = request.params.c ?? '';
    const chat = world.chat(conversation);
    if (!chat) throw conversationNotFound();
    const [owner] = chat.members;
    if (chat.kind === 'personal' && owner && !world.app(owner).installed) {
      throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    }
    return { chat, conversation };
  }

  function mayWrite(request: Request): Target {
    const target = mayRead(request);
    const [owner] = target.chat.members;
    if (target.chat.kind === 'personal' && owner && world.app(owner).blocked) {
      throw new Refusal(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.');
    }
    return target;
  }

  function ownMessage(request: Request, target: Target): Message {
    const message = world.message(request.params.id ?? '');
    if (!message || message.deleted || message.chat !== target.chat) throw activityNotFound();
    if (message.from !== 'bot') throw new Refusal(403, 'NotEnoughPermissions', 'The message is not by this bot.');
    return message;
  }

  function createConversation(request: Request): Reply {
    const body = isObject(request.body) ? request.body : {};
    const tenant =
      isObject(body.channelData) && isObject(body.channelData.tenant) ? body.channelData.tenant.id : undefined;
    for (const named of [body.tenantId, tenant]) {
      if (named !== undefined && named !== world.tenantId) throw badArgument('Unknown tenant.');
    }
    const members = listOf(body.members);
    const first = isObject(members[0]) ? members[0].id : undefined;
    if (body.isGroup === true || members.length !== 1)
      throw badArgument('A bot can only start a chat with one person.');
    // Teams looks at `id` alone: an object id in `aadObjectId` is not seen.
    if (typeof first !== 'string' || first === '') throw badArgument('members[0].id is missing.');
    const person = world.personByAnyId(first);
    if (!person) throw badArgument('Failed to resolve the member.');
    if (!world.app(person.id).installed) {
      throw new Refusal(403, 'ForbiddenOperationException', "Bot isn't installed in user's personal scope.");
    }
    const chat = world.personal(person.id);
    take('send', `create ${chat.id}`);
    if (body.activity === undefined) return { status: 201, body: { id: chat.id } };
    const activityId = posting.post(chat, chat.id, checkOutbound(body.activity), undefined);
    return { status: 201, body: { id: chat.id, activityId } };
  }

  function postActivity(request: Request): Reply {
    const { chat, conversation } = mayWrite(request);
    const activity = checkOutbound(request.body);
    take('send', conversation);
    const id = posting.post(chat, conversation, activity, request.params.id);
    return { status: 201, body: id === undefined ? {} : { id } };
  }

  function putActivity(request: Request): Reply {
    const target = mayWrite(request);
    const message = ownMessage(request, target);
    const activity = checkOutbound(request.body);
    if (activity.type !== 'message') throw badArgument('Only a message can take the place of a message.');
    take('send', target.conversation);
    posting.edit(message, activity);
    return { status: 200, body: { id: message.id } };
  }

  function deleteActivity(request: Request): Reply {
    const target = mayWrite(request);
    const message = ownMessage(request, target);
    take('send', target.conversation);
    posting.remove(message);
    return { status: 200 };
  }

  function getMember(request: Request): Reply {
    const { chat, conversation } = mayRead(request);
    take('read', conversation);
    const person = world.personByAnyId(request.params.id ?? '');
    if (!person || !chat.members.has(person.id)) {
      throw new Refusal(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
    }
    return { status: 200, body: memberOf(world, person) };
  }

  function getMembers(request: Request): Reply {
    const { chat, conversation } = mayRead(request);
    take('read', conversation);
    const query = request.url.searchParams;
    return { status: 200, body: membersPage(world, chat, query.get('pageSize'), query.get('continuationToken')) };
  }

  function getConversation(request: Request): Reply {
    const { chat, conversation } = mayRead(request);
    take('read', conversation);
    const conversationType = chat.kind === 'group' ? 'groupChat' : chat.kind;
    const body = { id: conversation, isGroup: chat.kind !== 'personal', conversationType, tenantId: world.tenantId };
    return { status: 200, body };
  }

  function take(kind: 'send' | 'read', conversation: string): void {
    const waitMs = limits.take(kind, conversation);
    if (waitMs > 0) throw throttled(waitMs);
  }

  /** The token first, then what a script wants to go wrong, then the operation; every no is written down. */
  function guarded(operation: string, kind: 'send' | 'read', handler: (request: Request) => Reply): Handler {
    return (request) => {
      try {
        const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
        if (!bearer || !options.verifyBotToken(bearer)) {
          throw new Refusal(401, 'Unauthorized', 'Authorization has been denied for this request.');
        }
        const { teamsStatus } = options.behaviour();
        if (kind === 'send' && teamsStatus !== 0) throw scripted(teamsStatus);
        return handler(request);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        journal.addTeams({ kind: 'refused', operation, status: error.status, code: error.code });
        return error.reply();
      }
    };
  }

  const route = (method: string, path: string, operation: string, handler: (request: Request) => Reply): Route => ({
    method,
    pattern: new RegExp(`^/teams/v3/conversations${path}/?$`),
    handler: guarded(operation, method === 'GET' ? 'read' : 'send', handler),
  });

  return [
    route('POST', '', 'createConversation', createConversation),
    route('POST', `/${C}/activities`, 'postActivity', postActivity),
    route('POST', `/${C}/activities/${ID}`, 'postActivity', postActivity),
    route('PUT', `/${C}/activities/${ID}`, 'putActivity', putActivity),
    route('DELETE', `/${C}/activities/${ID}`, 'deleteActivity', deleteActivity),
    route('GET', `/${C}/members/${ID}`, 'getMember', getMember),
    route('GET', `/${C}/pagedmembers`, 'getMembers', getMembers),
    route('GET', `/${C}`, 'getConversation', getConversation),
  ];
}
