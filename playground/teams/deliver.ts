import type { Activity } from './activity';
import { type Posted, post } from './post';
import type { ChannelSigning, Signing } from './signing';

/** The service waits this long for a bot; the client of an invoke gives up earlier. */
export const MESSAGE_DEADLINE_MS = 15_000;

/** Signs activities as the channel and posts them to wherever the bot listens now. */
export function createDeliver(signing: ChannelSigning, botEndpoint: () => string, publicUrl: () => string) {
  return {
    serviceUrl: publicUrl,
    async send(activity: Activity, deadlineMs = MESSAGE_DEADLINE_MS, sign: Signing = 'good'): Promise<Posted> {
      const token = await signing.bearer(activity.serviceUrl ?? publicUrl(), sign);
      return post(botEndpoint(), activity, token, deadlineMs);
    },
  };
}

export type Deliver = ReturnType<typeof createDeliver>;
