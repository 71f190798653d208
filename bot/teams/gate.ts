import { z } from 'zod/v4';
import type { PersonId } from '../onboarding/person';
import type { Conversation } from '../workflow/store-port';
import type { Mention } from './parse-command';
import type { TeamsSettings } from './settings';

/** Who an activity is from and where it was said, after everything about it was checked. */
export interface Caller {
  readonly person: PersonId;
  readonly conversation: Conversation;
  /** Of the person's device; `undefined` when it did not say. Not checked: pass it through `knownZone`. */
  readonly zone: string | undefined;
  readonly mentions: readonly Mention[];
}

/** Why an activity was not let in, for the log and the counters. */
export type Barred = 'malformed' | 'channel' | 'tenant' | 'guest' | 'service-url' | 'bot' | 'nameless';

const text = z.string().min(1).max(2_048);
const id = z.guid().transform((guid) => guid.toLowerCase());

const activityShape = z.object({
  type: text,
  channelId: text,
  serviceUrl: text,
  from: z.object({
    id: text,
    aadObjectId: id,
    tenantId: z.string().optional(),
    userRole: z.string().optional(),
    role: z.string().optional(),
  }),
  recipient: z.object({ id: text }),
  conversation: z.object({
    id: text,
    // Some documented activities name the tenant only in the channel data.
    tenantId: text.optional(),
    conversationType: z.enum(['personal', 'groupChat', 'channel']).optional(),
  }),
  channelData: z.object({ tenant: z.object({ id: text }) }),
  locale: z.string().max(35).optional().catch(undefined),
  localTimezone: z.string().max(64).optional().catch(undefined),
  entities: z.array(z.unknown()).max(100).optional().catch(undefined),
});

const mentionShape = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: text }),
  text: z.string().max(500),
});

const clientShape = z.object({ type: z.literal('clientInfo'), timezone: z.string().max(64) });

/**
 * Lets in members of the one tenant, over Teams, from a service that may be written to. The token behind the activity
 * says that Teams sent it, not for which tenant: the SDK does not look at that.
 */
export function passGate(activity: unknown, settings: TeamsSettings): Caller | Barred {
  const parsed = activityShape.safeParse(activity);
  if (!parsed.success) return isNameless(activity) ? 'nameless' : 'malformed';
  const { from, conversation, channelData, channelId, serviceUrl, locale, localTimezone, entities = [] } = parsed.data;
  if (channelId !== 'msteams') return 'channel';
  const tenants = [channelData.tenant.id, conversation.tenantId, from.tenantId].filter((id) => id !== undefined);
  if (tenants.some((tenant) => tenant.toLowerCase() !== settings.tenantId.toLowerCase())) return 'tenant';
  // Another bot has an id of its own kind, also where it speaks for somebody.
  if (from.id.startsWith('28:') || from.role?.toLowerCase() === 'bot') return 'bot';
  // Teams names the role where it knows it. Guests without it are found out when the directory is asked.
  if (from.userRole !== undefined && from.userRole.toLowerCase() !== 'user') return 'guest';
  if (!settings.allowedServiceUrls(serviceUrl)) return 'service-url';
  // A chat that does not say that it is personal is not taken for one: a pass is shown only where one person reads.
  const kind = conversation.conversationType ?? 'groupChat';
  const zone = entities.flatMap((entity) => clientShape.safeParse(entity).data?.timezone ?? [])[0] ?? localTimezone;
  return {
    person: from.aadObjectId,
    conversation: {
      id: conversation.id,
      serviceUrl,
      kind,
      personId: kind === 'personal' ? from.aadObjectId : null,
      locale: locale ?? null,
      ...(zone === undefined ? {} : { zone }),
    },
    zone,
    mentions: entities.flatMap((entity) => {
      const mention = mentionShape.safeParse(entity).data;
      return mention ? [{ id: mention.mentioned.id, text: mention.text }] : [];
    }),
  };
}

/** Nobody in particular: news of a team or a channel names its sender by Teams' id alone, or not at all. */
function isNameless(activity: unknown): boolean {
  const from: unknown = typeof activity === 'object' && activity !== null ? Reflect.get(activity, 'from') : undefined;
  return typeof from !== 'object' || from === null || Reflect.get(from, 'aadObjectId') === undefined;
}
