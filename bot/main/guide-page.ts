import type { Clock } from '../clock';
import type { Config } from '../config';
import { createGuide, type Guide } from '../guide/guide';
import { acceptedRoutes } from '../onboarding/routes';
import type { OpenStore } from '../store/open-store';
import type { GuidePlace } from '../teams/guide-place';
import { createGuideLinks } from '../workflow/guide-links';

/** The guide with the ways that this tenant accepts. Of an onboarding it is handed what comes next, and nothing else. */
export function openGuide(config: Config, open: OpenStore, clock: Clock): Guide {
  const links = createGuideLinks(open, clock);
  return createGuide({
    routes: acceptedRoutes(config.policy.accepted),
    ...(config.guideUrl ? { url: config.guideUrl } : {}),
    next: (token) => links.next(token),
  });
}

/** Where cards lead to, if people can get there. */
export function guidePlace({ guideUrl: url }: Config, open: OpenStore, clock: Clock): GuidePlace | undefined {
  if (url === undefined) return undefined;
  const links = createGuideLinks(open, clock);
  return { url, personal: async (onboardingId) => `${url}#${await links.issue(onboardingId)}` };
}
