import type { Onboarding } from '../../bot/onboarding/onboarding';
import { createGuideLinks } from '../../bot/workflow/guide-links';

const DAY = 86_400_000;

function rig(onboarding: Partial<Onboarding> | null) {
  const kept = new Map<string, { readonly onboardingId: string; readonly at: number }>();
  const reads: string[] = [];
  let now = 1_000_000;
  const links = createGuideLinks(
    {
      guideLinks: {
        async save({ hash, ...link }) {
          kept.set(hash, link);
        },
        async onboardingOf(hash, since) {
          reads.push('link');
          const link = kept.get(hash);
          return link && link.at >= since ? link.onboardingId : null;
        },
      },
      store: {
        async load(id) {
          reads.push('onboarding');
          return id === 'onb-1' ? (onboarding as Onboarding | null) : null;
        },
      },
    },
    { now: () => now },
  );
  return {
    kept,
    links,
    later: (ms: number) => {
      now += ms;
    },
    async ask(token: string) {
      reads.length = 0;
      return { next: await links.next(token), reads: [...reads] };
    },
  };
}

test('unknown, expired, closed, gone and not begun: the same answer, after the same reads', async () => {
  const both = ['link', 'onboarding'];
  const begun = rig({ state: 'open', authenticatorSeenAt: 1 });
  const token = await begun.links.issue('onb-1');
  expect(await begun.ask(token)).toEqual({ next: 'passkey', reads: both });

  const same = { next: 'start', reads: both };
  expect(await begun.ask('nobody has this')).toEqual(same);
  begun.later(DAY + 1);
  expect(await begun.ask(token)).toEqual(same);
  for (const part of [{ state: 'closed', authenticatorSeenAt: 1 }, { state: 'open' }, { state: 'requested' }, null]) {
    const other = rig(part as Partial<Onboarding> | null);
    expect(await other.ask(await other.links.issue('onb-1'))).toEqual(same);
  }
});

test('tokens have at least 128 bit, fit a web address, and are kept by hash', async () => {
  const { kept, links } = rig(null);
  const tokens = await Promise.all(Array.from({ length: 200 }, () => links.issue('onb-1')));
  expect(new Set(tokens).size).toBe(200);
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]+$/);
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(kept.has(token)).toBe(false);
  }
  // Every bit of them varies: none is a constant or a counter.
  const ones = Array.from({ length: 160 }, (_, bit) =>
    tokens.reduce((sum, token) => sum + (((Buffer.from(token, 'base64url')[bit >> 3] ?? 0) >> (bit & 7)) & 1), 0),
  );
  for (const count of ones) expect(Math.abs(count - 100)).toBeLessThan(50);
});
