import type { Conversation, Outbox, OutboxRow } from '../workflow/store-port';
import { limited, type OnboardAdapter } from './adapter';
import { ChatNotBegun, failureOf } from './delivery';
import type { Drawn } from './draw';
import type { TeamsSettings } from './settings';

/** Where a row goes: an existing message, an existing conversation, or a person with whom there is none yet. */
export type Place =
  | { readonly edit: { readonly conversation: Conversation; readonly activity: string } }
  | { readonly conversation: Conversation }
  | { readonly person: string; readonly serviceUrl: string };

export interface PostDeps {
  readonly adapter: OnboardAdapter;
  readonly settings: TeamsSettings;
  readonly outbox: Outbox;
}

/** Used when nothing better is known about where a person's Teams lives. */
const GLOBAL_SERVICE_URL = 'https://smba.trafficmanager.net/teams/';

/** Finds the place for a row; `null` when the conversation that it names is unknown. */
export async function placeOf(row: OutboxRow, askedIn: string | null, { outbox }: PostDeps): Promise<Place | null> {
  if (row.live && row.sentTo) {
    const conversation = await outbox.conversation(row.sentTo.conversation);
    if (conversation) return { edit: { conversation, activity: row.sentTo.activity } };
  }
  if ('conversation' in row.to) {
    const conversation = await outbox.conversation(row.to.conversation);
    return conversation && { conversation };
  }
  const own = await outbox.personalConversation(row.to.person);
  if (own) return { conversation: own };
  // Colleagues share a region nearly always, so the place of the request is the better guess.
  const near = askedIn === null ? null : await outbox.conversation(askedIn);
  return { person: row.to.person, serviceUrl: near?.serviceUrl ?? GLOBAL_SERVICE_URL };
}

/** The queue that a place belongs to: Teams refuses two operations at once on one conversation. */
export function laneOf(place: Place): string {
  if ('edit' in place) return place.edit.conversation.id;
  return 'conversation' in place ? place.conversation.id : `person:${place.person}`;
}

/**
 * Sends or edits, and says where the message is now. A message that is gone is sent anew; a person's conversation that
 * is gone is made anew. Throws what the connector threw.
 */
export async function post(
  deps: PostDeps,
  place: Place,
  drawn: Drawn,
): Promise<{ conversation: string; activity: string }> {
  if ('edit' in place) {
    const { conversation, activity } = place.edit;
    try {
      return await edit(deps, conversation, activity, drawn);
    } catch (error) {
      if (!isGone(error)) throw error;
      return post(deps, { conversation }, drawn);
    }
  }
  if ('conversation' in place) {
    const { conversation } = place;
    try {
      return await send(deps, conversation, drawn);
    } catch (error) {
      if (!isGone(error)) throw error;
      await deps.outbox.forgetConversation(conversation.id);
      if (conversation.personId === null) throw error;
      return post(deps, { person: conversation.personId, serviceUrl: conversation.serviceUrl }, drawn);
    }
  }
  return send(deps, await open(deps, place.person, place.serviceUrl), drawn);
}

async function send(deps: PostDeps, to: Conversation, drawn: Drawn) {
  const client = await deps.adapter.connector(to.serviceUrl);
  const sent = await client.conversations.sendToConversation(to.id, addressed(deps, to, drawn), limited());
  return { conversation: to.id, activity: sent.id };
}

async function edit(deps: PostDeps, to: Conversation, activity: string, drawn: Drawn) {
  const client = await deps.adapter.connector(to.serviceUrl);
  await client.conversations.updateActivity(
    to.id,
    activity,
    { ...addressed(deps, to, drawn), id: activity },
    limited(),
  );
  return { conversation: to.id, activity };
}

/** The person's 1:1 chat. Teams takes the object id in `id`, and gives the same chat again for the same person. */
async function open(
  { adapter, settings, outbox }: PostDeps,
  person: string,
  serviceUrl: string,
): Promise<Conversation> {
  const client = await adapter.connector(serviceUrl);
  const created = await client.conversations
    .createConversation(
      {
        isGroup: false,
        bot: { id: adapter.botId, name: '' },
        members: [{ id: person, name: '' }],
        tenantId: settings.tenantId,
        channelData: { tenant: { id: settings.tenantId } },
      } as Parameters<typeof client.conversations.createConversation>[0],
      limited(),
    )
    .catch((cause: unknown) => {
      throw new ChatNotBegun('a chat could not be begun', { cause });
    });
  const conversation: Conversation = {
    id: created.id,
    serviceUrl,
    kind: 'personal',
    personId: person,
    locale: null,
  };
  await outbox.saveConversation(conversation);
  return conversation;
}

type Addressed = Parameters<Awaited<ReturnType<OnboardAdapter['connector']>>['conversations']['sendToConversation']>[1];

function addressed({ adapter }: PostDeps, to: Conversation, drawn: Drawn): Addressed {
  return {
    ...drawn,
    channelId: 'msteams',
    serviceUrl: to.serviceUrl,
    from: { id: adapter.botId, name: '' },
    conversation: { id: to.id, name: '', isGroup: to.kind !== 'personal', conversationType: to.kind },
  } as Addressed;
}

/** How many requests of the service this takes; the tenant-wide limit counts each. */
export function costOf(place: Place): number {
  return 'person' in place ? 2 : 1;
}

/** Whose own chat it is; `null` for a channel or a group. */
export function personIn(place: Place): string | null {
  if ('person' in place) return place.person;
  return 'edit' in place ? place.edit.conversation.personId : place.conversation.personId;
}

export function serviceUrlOf(place: Place): string {
  if ('person' in place) return place.serviceUrl;
  return 'edit' in place ? place.edit.conversation.serviceUrl : place.conversation.serviceUrl;
}

/** The same place at another host of the service. */
export function at(place: Place, serviceUrl: string): Place {
  if ('person' in place) return { ...place, serviceUrl };
  if ('edit' in place) {
    const { conversation, activity } = place.edit;
    return { edit: { conversation: { ...conversation, serviceUrl }, activity } };
  }
  return { conversation: { ...place.conversation, serviceUrl } };
}

function isGone(error: unknown): boolean {
  return failureOf(error, 0).next === 'gone';
}
