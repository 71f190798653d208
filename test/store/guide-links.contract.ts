import { createGuideLinks } from '../../bot/workflow/guide-links';
import type { Bench } from './suite';

const DAY = 86_400_000;

export function guideLinkTests(bench: () => Bench): void {
  const links = () => createGuideLinks(bench().open, bench().world.clock);

  it('says what comes next for whoever holds a link, on every instance', async () => {
    const { create, second, world } = bench();
    const onboarding = await create({ subject: 'jane', authenticatorSeenAt: 1 });
    const token = await links().issue(onboarding.id);
    expect(token).toMatch(/^[\w-]{27}$/);
    expect(await links().next(token)).toBe('passkey');
    const other = await second();
    expect(await createGuideLinks(other, world.clock).next(token)).toBe('passkey');
  });

  it('keeps no token: not in any table, not in the log', async () => {
    const { create, place, world } = bench();
    const onboarding = await create({ subject: 'jane' });
    const token = await links().issue(onboarding.id);
    await links().next(token);
    const kept = await place.dump();
    expect(kept).toContain(`"onboarding_id":"${onboarding.id}","issued_at"`);
    for (const form of [token, Buffer.from(token, 'base64url').toString('hex'), token.slice(0, 12)]) {
      expect(kept).not.toContain(form);
      expect(JSON.stringify(world.lines)).not.toContain(form);
    }
  });

  it('gives another one each time, and both go on', async () => {
    const { create } = bench();
    const onboarding = await create({ subject: 'jane', authenticatorSeenAt: 1 });
    const [one, other] = [await links().issue(onboarding.id), await links().issue(onboarding.id)];
    expect(one).not.toBe(other);
    expect([await links().next(one), await links().next(other)]).toEqual(['passkey', 'passkey']);
  });

  it('ends a link after a day, and removes it when the next one is issued', async () => {
    const { create, place, world } = bench();
    const onboarding = await create({ subject: 'jane', authenticatorSeenAt: 1 });
    const token = await links().issue(onboarding.id);
    world.time += DAY;
    expect(await links().next(token)).toBe('passkey');
    world.time += 1;
    expect(await links().next(token)).toBe('start');
    await links().issue(onboarding.id);
    expect((await place.dump()).match(/issued_at/g)).toHaveLength(1);
  });

  it.each(['nobody-has-this-token-at-all', '', "' or 1=1 --", '\u0000'])('knows nothing of "%s"', async (token) => {
    await bench().create({ subject: 'jane', authenticatorSeenAt: 1 });
    expect(await links().next(token)).toBe('start');
  });
}
