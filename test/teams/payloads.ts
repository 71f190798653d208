import { appId, ids, tenantId } from './fakes';

/**
 * Activities in the shapes that Microsoft documents, with names of ours. `page` is the article on learn.microsoft.com,
 * below microsoftteams/platform, that shows the shape.
 */
export interface Payload {
  readonly what: string;
  readonly page: string;
  readonly activity: (serviceUrl: string) => Record<string, unknown>;
}

export const bot = { id: `28:${appId}`, name: 'Onboard' };
const priya = { id: '29:1priya', name: 'Priya Nair', aadObjectId: ids.priya };
export const jane = { id: '29:1jane', name: 'Jane Doe' };
export const mo = { id: '29:1mo', name: 'Mo Haddad' };
const client = { locale: 'en-GB', country: 'GB', platform: 'Windows', timezone: 'Europe/London', type: 'clientInfo' };
const THREAD = '19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2;messageid=1485983194839';

/** `mention` entities name whom by Teams' id; the text carries the name that was shown. */
export const mention = (of: { readonly id: string; readonly name: string }, shown = of.name) => ({
  type: 'mention',
  mentioned: of,
  text: `<at>${shown}</at>`,
});

const message = (serviceUrl: string, more: Record<string, unknown>): Record<string, unknown> => ({
  type: 'message',
  id: `${Math.random()}`,
  timestamp: '2026-11-23T09:00:00.000Z',
  localTimestamp: '2026-11-23T09:00:00.000+00:00',
  channelId: 'msteams',
  serviceUrl,
  from: priya,
  recipient: bot,
  textFormat: 'plain',
  locale: 'en-GB',
  entities: [client],
  channelData: { tenant: { id: tenantId } },
  conversation: { conversationType: 'personal', id: 'a:17I0kl', tenantId },
  ...more,
});

const inChannel = {
  conversation: { isGroup: true, conversationType: 'channel', id: THREAD, tenantId },
  channelData: {
    teamsChannelId: '19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2',
    teamsTeamId: '19:712c61d0ef384e5fa681ba90ca943398@thread.tacv2',
    channel: { id: '19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2' },
    team: { id: '19:712c61d0ef384e5fa681ba90ca943398@thread.tacv2' },
    tenant: { id: tenantId },
  },
};
const inGroup = { conversation: { isGroup: true, conversationType: 'groupChat', id: '19:9be3a2@thread.v2', tenantId } };
const MESSAGES = 'bots/how-to/conversations/conversation-messages';
const CHANNELS = 'bots/how-to/conversations/channel-and-group-conversations';

/** Lines that ask for somebody, each as `said` and nothing else. */
export const lines: readonly (Payload & { readonly who: object })[] = [
  {
    what: 'a line in the personal chat, whose conversation names no tenant',
    page: MESSAGES,
    activity: (url) =>
      message(url, { text: 'onboard jane', conversation: { conversationType: 'personal', id: 'a:17I0kl' } }),
    who: { text: 'jane' },
  },
  {
    what: 'a line that begins with the name as people type it',
    page: MESSAGES,
    activity: (url) => message(url, { text: '@Onboard jane' }),
    who: { text: 'jane' },
  },
  {
    what: 'a mention in a thread of a channel',
    page: CHANNELS,
    activity: (url) => message(url, { ...inChannel, text: '<at>Onboard</at> jane', entities: [mention(bot), client] }),
    who: { text: 'jane' },
  },
  {
    what: 'a mention with blanks that do not break, and a new line at the end',
    page: CHANNELS,
    activity: (url) =>
      message(url, { ...inChannel, text: '<at>Onboard</at>&nbsp;\u00a0jane\n', entities: [mention(bot)] }),
    who: { text: 'jane' },
  },
  {
    what: 'the bot mentioned at the end',
    page: CHANNELS,
    activity: (url) => message(url, { ...inGroup, text: 'jane <at>Onboard</at>', entities: [mention(bot)] }),
    who: { text: 'jane' },
  },
  {
    what: 'the bot mentioned in the middle',
    page: CHANNELS,
    activity: (url) => message(url, { ...inGroup, text: 'jane <at>Onboard</at> doe', entities: [mention(bot)] }),
    who: { text: 'jane doe' },
  },
  {
    what: 'a person mentioned beside the bot',
    page: CHANNELS,
    activity: (url) =>
      message(url, {
        ...inChannel,
        text: '<at>Onboard</at> <at>Jane Doe</at>',
        entities: [mention(bot), mention(jane), client],
      }),
    who: { id: ids.jane },
  },
  {
    what: 'the bot mentioned twice',
    page: CHANNELS,
    activity: (url) =>
      message(url, {
        ...inChannel,
        text: '<at>Onboard</at> <at>Onboard</at> jane',
        entities: [mention(bot), mention(bot)],
      }),
    who: { text: 'jane' },
  },
  {
    what: 'a mention of which no entity came along',
    page: CHANNELS,
    activity: (url) => message(url, { ...inChannel, text: '<at>Onboard</at> jane', entities: [client] }),
    who: { text: 'jane' },
  },
  {
    what: 'formatted text, with its HTML attached once more',
    page: 'bots/how-to/format-your-bot-messages',
    activity: (url) =>
      message(url, {
        ...inChannel,
        textFormat: 'xml',
        text: '<at>Onboard</at> <b>jane</b>',
        entities: [mention(bot)],
        attachments: [
          {
            contentType: 'text/html',
            content: '<div><div><span itemscope itemid="0">Onboard</span>&nbsp;<strong>mallory</strong></div></div>',
          },
        ],
      }),
    who: { text: 'jane' },
  },
  {
    what: 'a line without type of conversation, without client and without locale',
    page: MESSAGES,
    activity: (url) =>
      message(url, {
        text: 'onboard jane',
        entities: undefined,
        locale: undefined,
        conversation: { id: 'a:17I0kl', tenantId },
      }),
    who: { text: 'jane' },
  },
  {
    what: 'ids of the tenant in capitals, and a group that is one in words',
    page: 'bots/how-to/conversations/subscribe-to-conversation-events',
    activity: (url) =>
      message(url, {
        text: '<at>Onboard</at> jane',
        entities: [mention(bot)],
        conversation: {
          isGroup: 'True',
          conversationType: 'channel',
          id: THREAD,
          tenantId: tenantId.toUpperCase(),
        },
        channelData: { tenant: { id: tenantId.toUpperCase() } },
      }),
    who: { text: 'jane' },
  },
];

const EVENTS = 'bots/how-to/conversations/subscribe-to-conversation-events';
const unnamed = { id: '29:1I9Is' };
const event = (url: string, more: Record<string, unknown>) => ({
  ...message(url, {}),
  text: undefined,
  textFormat: undefined,
  ...more,
});
const teamEvent = (eventType: string, more: Record<string, unknown> = {}) => ({
  type: 'conversationUpdate',
  from: unnamed,
  conversation: { isGroup: true, conversationType: 'channel', id: '19:efa929@thread.skype' },
  channelData: { team: { id: '19:efa929@thread.skype' }, eventType, tenant: { id: tenantId } },
  ...more,
});

/** News that asks for nothing: taken, and nobody is answered. `kept`: the bot may write there from now on. */
export const events: readonly (Payload & { readonly kept: string | null })[] = [
  {
    what: 'the app was installed for a person',
    page: EVENTS,
    activity: (url) => event(url, { type: 'installationUpdate', action: 'add' }),
    kept: 'a:17I0kl',
  },
  {
    what: 'the app was installed with a newer version',
    page: EVENTS,
    activity: (url) => event(url, { type: 'installationUpdate', action: 'add-upgrade' }),
    kept: 'a:17I0kl',
  },
  {
    what: 'the app was installed in a channel',
    page: EVENTS,
    activity: (url) => event(url, { type: 'installationUpdate', action: 'add', ...inChannel }),
    kept: THREAD,
  },
  {
    what: 'the bot was added to a team by somebody who is named by Teams’ id alone',
    page: EVENTS,
    activity: (url) => event(url, teamEvent('teamMemberAdded', { membersAdded: [{ id: bot.id }] })),
    kept: null,
  },
  {
    what: 'a channel was made',
    page: EVENTS,
    activity: (url) => event(url, teamEvent('channelCreated')),
    kept: null,
  },
  {
    what: 'a team was archived',
    page: EVENTS,
    activity: (url) => event(url, teamEvent('teamArchived')),
    kept: null,
  },
  {
    what: 'a thumb was put on a message',
    page: EVENTS,
    activity: (url) =>
      event(url, { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '1575667808184' }),
    kept: null,
  },
  {
    what: 'a message was edited: what it asked for was done or refused when it was written',
    page: 'bots/how-to/conversations/conversation-messages#update-and-delete-messages',
    activity: (url) => ({
      ...message(url, { type: 'messageUpdate', text: 'onboard mallory' }),
      channelData: { eventType: 'editMessage', tenant: { id: tenantId } },
    }),
    kept: null,
  },
  {
    what: 'a message was deleted',
    page: 'bots/how-to/conversations/conversation-messages#update-and-delete-messages',
    activity: (url) =>
      event(url, { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage', tenant: { id: tenantId } } }),
    kept: null,
  },
  {
    what: 'somebody is typing',
    page: MESSAGES,
    activity: (url) => event(url, { type: 'typing' }),
    kept: null,
  },
  {
    what: 'a message was read',
    page: EVENTS,
    activity: (url) =>
      event(url, { type: 'event', name: 'application/vnd.microsoft.readReceipt', value: { lastReadMessageId: '1' } }),
    kept: null,
  },
];

const BEGUN = 'messaging-extensions/how-to/action-commands/create-task-module';
const SENT = 'messaging-extensions/how-to/action-commands/respond-to-task-module-submit';
const dialog = (url: string, name: string, value: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  ...event(url, {}),
  type: 'invoke',
  name,
  conversation: { conversationType: 'personal', id: CHAT_OF_TWO, tenantId },
  channelData: { tenant: { id: tenantId }, source: { name: 'compose' } },
  value: { commandId: 'onboard', commandContext: 'compose', context: { theme: 'default' }, ...value },
  ...more,
});

/** A chat of two people, which Teams calls personal as it does a chat with the bot. */
export const CHAT_OF_TWO = '19:11111111-aaaa_22222222-bbbb@unq.gbl.spaces';
/** What somebody else has written, and none of our business. */
export const OVERHEARD = 'my-code-is-4711';

const messagePayload = {
  linkToMessage: 'https://teams.microsoft.com/l/message/19:9be3a2@thread.v2/1611060744833',
  id: '1611060744833',
  body: { contentType: 'html', content: `<div><at id="0">Jane Doe</at> ${OVERHEARD}</div>` },
  from: { user: { userIdentityType: 'aadUser', id: ids.jane, displayName: `Jane ${OVERHEARD}` } },
  mentions: [{ id: 0, mentionText: 'Jane Doe', mentioned: { user: { id: ids.jane, displayName: 'Jane Doe' } } }],
};

/** The command of the message extension is chosen: a dialog is to be opened. */
export const dialogsBegun: readonly Payload[] = [
  {
    what: 'below the compose box of a chat of two',
    page: `${BEGUN}#payload-activity-properties-when-a-dialog-is-invoked-from-11-chat`,
    activity: (url) => dialog(url, 'composeExtension/fetchTask', { requestId: 'f:1' }),
  },
  {
    what: 'in a group chat',
    page: `${BEGUN}#payload-activity-properties-when-a-dialog-is-invoked-from-a-group-chat`,
    activity: (url) => dialog(url, 'composeExtension/fetchTask', {}, inGroup),
  },
  {
    what: 'in the chat of a meeting, which does not say of what kind it is',
    page: `${BEGUN}#payload-activity-properties-when-a-dialog-is-invoked-from-a-meeting-chat`,
    activity: (url) =>
      dialog(url, 'composeExtension/fetchTask', {}, { conversation: { id: '19:meeting_NTk4@thread.v2', tenantId } }),
  },
  {
    what: 'in the command box',
    page: `${BEGUN}#payload-activity-properties-when-a-dialog-is-invoked-from-a-command-box`,
    activity: (url) => dialog(url, 'composeExtension/fetchTask', { commandContext: 'commandbox' }, inChannel),
  },
  {
    what: 'on a message of somebody else',
    page: `${BEGUN}#payload-activity-properties-when-a-dialog-is-invoked-from-a-channel-reply-to-thread`,
    activity: (url) =>
      dialog(url, 'composeExtension/fetchTask', { commandContext: 'message', messagePayload }, inChannel),
  },
];

/** The dialog is sent off; `data` is what its button carries, with what was typed and chosen. */
export const dialogSent = (data: unknown): readonly Payload[] => [
  {
    what: 'from the compose box',
    page: `${SENT}#the-submitaction-invoke-event`,
    activity: (url) => dialog(url, 'composeExtension/submitAction', { data }),
  },
  {
    what: 'from a message of somebody else',
    page: `${SENT}#the-submitaction-invoke-event`,
    activity: (url) =>
      dialog(url, 'composeExtension/submitAction', { commandContext: 'message', data, messagePayload }, inGroup),
  },
];
