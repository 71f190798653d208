import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock';
import { type NextStep, nextStep } from '../onboarding/next-step';
import { DAY } from '../onboarding/policy';
import type { Store } from './store-port';

/** Where links are kept: by hash, so that whoever reads the store can use none of them. */
export interface GuideLinkStore {
  /** `at` is epoch ms. What is older than `forgetBefore` goes in the same step, so that they never pile up. */
  save(
    link: { readonly hash: string; readonly onboardingId: string; readonly at: number },
    forgetBefore: number,
  ): Promise<void>;
  /** Whose link it is, if it was issued at `since` or later. */
  onboardingOf(hash: string, since: number): Promise<string | null>;
}

export interface GuideLinks {
  /**
   * A new link's token: 160 bit, in 27 characters of a web address. It is shown to people and kept nowhere; earlier
   * ones of the same onboarding go on. It opens nothing: whoever holds it may read what comes next.
   */
  issue(onboardingId: string): Promise<string>;
  /** What comes next for whoever holds the token; what is unknown, too old or over is `start`, like the beginning. */
  next(token: string): Promise<NextStep>;
}

const BYTES = 20;
const LIFETIME = DAY;
/** Of no onboarding: looked up where there is none, so that every question costs the same two reads. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export function createGuideLinks(
  { guideLinks, store }: { readonly guideLinks: GuideLinkStore; readonly store: Pick<Store, 'load'> },
  clock: Pick<Clock, 'now'>,
): GuideLinks {
  return {
    async issue(onboardingId) {
      const token = randomBytes(BYTES).toString('base64url');
      const now = clock.now();
      await guideLinks.save({ hash: hashOf(token), onboardingId, at: now }, now - LIFETIME);
      return token;
    },
    async next(token) {
      const id = await guideLinks.onboardingOf(hashOf(token), clock.now() - LIFETIME);
      const onboarding = await store.load(id ?? NOBODY);
      return onboarding ? nextStep(onboarding) : 'start';
    },
  };
}

/** Unsalted is enough: nobody guesses 160 random bits. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
