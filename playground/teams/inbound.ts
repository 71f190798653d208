import { randomUUID } from 'node:crypto';
import type { Activity, Json } from './activity';
import { channelId } from './ids';
import { BOT_NAME, type Chat, type TeamsPerson, type World } from './world';

const CONVERSATION_TYPE = { personal: 'personal', channel: 'channel', group: 'groupChat' } as const;

/** "2026-11-23T10:00:00.000+01:00": the person's own clock, as clients send it next to the UTC one. */
function localTime(now: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00';
  const minutes = Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  return new Date(now + minutes * 60_000).toISOString().replace('Z', offset);
}

function channelData(world: World, chat: Chat, more: Json): Json {
  const tenant = { tenant: { id: world.tenantId } };
  if (chat.kind !== 'channel') return { ...tenant, ...more };
  const team = channelId(world.tenantId, 'team');
  return {
    teamsChannelId: chat.id,
    teamsTeamId: team,
    channel: { id: chat.id },
    team: { id: team },
    ...tenant,
    ...more,
  };
}

/**
 * An activity as the Teams channel sends it, from one person in one conversation: `from.id` is the person's MRI for this
 * bot, the object id stands beside it, the tenant is named in the conversation and in the channel data.
 */
export function fromTeams(
  world: World,
  person: TeamsPerson,
  chat: Chat,
  conversation: string,
  serviceUrl: string,
  part: Activity,
): Activity {
  const now = world.now();
  const locale = person.locale ?? 'en-US';
  const timezone = person.timezone ?? 'Europe/London';
  const { entities = [], channelData: more, ...rest } = part;
  return {
    id: `f:${randomUUID()}`,
    timestamp: new Date(now).toISOString(),
    localTimestamp: localTime(now, timezone),
    localTimezone: timezone,
    channelId: 'msteams',
    serviceUrl,
    from: { id: world.mri(person.id), name: person.displayName, aadObjectId: person.id },
    conversation: {
      conversationType: CONVERSATION_TYPE[chat.kind],
      tenantId: world.tenantId,
      id: conversation,
      ...(chat.kind === 'personal' ? {} : { isGroup: true, name: chat.name }),
    },
    recipient: { id: world.botMri, name: BOT_NAME },
    entities: [
      ...entities,
      { type: 'clientInfo', locale, country: locale.split('-')[1] ?? 'US', platform: 'Web', timezone },
    ],
    channelData: channelData(world, chat, (more ?? {}) as Json),
    locale,
    ...rest,
  };
}
