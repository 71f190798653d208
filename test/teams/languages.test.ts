import { draw } from '../../bot/teams/draw';
import { ids, openOnboarding, row } from './fakes';
import { LocalTeams } from './local-teams';

const teams = new LocalTeams();
beforeAll(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  await teams.start({ hardStop: 300 });
});
afterAll(() => teams.stop());

const rules = { windowLength: 3_600_000, maxPasses: 3 } as Parameters<typeof draw>[2];

async function say(text: string, over: Record<string, unknown> = {}) {
  const before = teams.outbox.answers.length;
  await teams.post(teams.activity({ id: `said-${before}`, text, ...over }));
  return teams.outbox.answers.at(-1)?.data;
}

async function click(verb: string, by: string, more: object = {}, over: Record<string, unknown> = {}) {
  const data = { onboarding: 'o-1', nonce: 'nonce-1', version: 3, ...more };
  return JSON.stringify((await teams.post(teams.invoke(verb, data, by, over))).body);
}

test('a language is chosen in chat by its tag or any of its names, and the answer is in it', async () => {
  expect(await say('sprache deutsch')).toEqual({ kind: 'language', set: true, language: 'de' });
  expect(await teams.outbox.chosenLanguage(ids.priya)).toBe('de');
  expect(await say('language ARABIC')).toEqual({ kind: 'language', set: true, language: 'ar' });
  expect(await say('language klingon')).toEqual({ kind: 'language', set: false, language: 'ar' });
  expect(await say('مساعدة')).toMatchObject({ kind: 'help', language: 'ar' });
  expect(await say('/language fr')).toMatchObject({ set: true, language: 'fr' });
});

test('an answer is drawn in the language that it keeps, and says which there are', () => {
  const answer = row({ message: 'answer', onboardingId: null, data: { kind: 'language', set: true } });
  const text = JSON.stringify(draw(answer, null, rules, { id: null, language: 'de' }));
  for (const said of ['Ab jetzt schreibe ich Ihnen', 'English', 'Français', 'العربية']) expect(text).toContain(said);
});

test('the row of languages under the guide changes it at once, and what follows', async () => {
  teams.onboardings.view.mockResolvedValue(openOnboarding());
  const french = await click('language', ids.jane, { language: 'fr' });
  expect(french).toContain('Configurez votre clé d’accès');
  expect(french).toContain('Deutsch');
  expect(await teams.outbox.chosenLanguage(ids.jane)).toBe('fr');
  expect(await click('guide', ids.jane, {}, { locale: 'de-DE' })).toContain('Je ne connais pas cet onboarding');
  // Somebody else's card shows nothing of hers.
  const other = await click('language', ids.second, { language: 'es' });
  expect(other).toContain('Desde ahora le escribo');
  expect(other).not.toContain('o-1');
});

test('without a choice a click is answered as their Teams is set', async () => {
  teams.onboardings.view.mockResolvedValue(null);
  expect(await click('cancel', ids.mo, {}, { locale: 'de-DE' })).toContain('Dieses Onboarding kenne ich nicht');
  expect(await click('no-such-verb', ids.mo, {}, { locale: 'ar-SA' })).toContain('لم يعد لهذا الزر');
  expect(await click('cancel', ids.mo, {}, { locale: 'xx' })).toContain('I do not know that onboarding');
});
