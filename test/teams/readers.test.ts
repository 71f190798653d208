import { callerLanguage, directoryLanguage, readerOf } from '../../bot/teams/readers';
import { inLanguage, t } from '../../cards/render';
import { fakeOutbox, ids, openOnboarding, row } from './fakes';

const chat = (personId: string, more: object = {}) => ({
  id: `chat-${personId}`,
  serviceUrl: 'https://smba.example/',
  kind: 'personal' as const,
  personId,
  locale: 'fr-FR',
  zone: 'Europe/Paris',
  ...more,
});

const speaking = (preferredLanguage: string) => {
  const now = openOnboarding();
  return { ...now, subject: { ...now.subject, preferredLanguage } };
};

const toJane = row({ to: { person: ids.jane }, message: 'guide' });

test('what they chose goes first, then the directory, then their Teams, then the installation', async () => {
  const outbox = fakeOutbox();
  const language = async (onboarding = openOnboarding()) => (await readerOf(outbox, toJane, onboarding)).language;
  expect(await language()).toBe('en');
  await outbox.saveConversation(chat(ids.jane));
  expect(await language()).toBe('fr');
  expect(await language(speaking('ar-EG'))).toBe('ar');
  expect(await language(speaking('nl'))).toBe('fr');
  await outbox.chooseLanguage(ids.jane, 'de');
  expect(await language(speaking('ar-EG'))).toBe('de');
});

test('times are in the zone of whoever reads; one that nobody knows is none', async () => {
  const outbox = fakeOutbox();
  await outbox.saveConversation(chat(ids.jane));
  expect((await readerOf(outbox, toJane, openOnboarding())).zone).toBe('Europe/Paris');
  await outbox.saveConversation(chat(ids.jane, { zone: 'Mars/Phobos' }));
  expect((await readerOf(outbox, toJane, openOnboarding())).zone).toBeUndefined();
});

test('in a channel it is the language and the zone of whoever asked there, and nobody has buttons of their own', async () => {
  const outbox = fakeOutbox();
  const channel = { ...chat(''), id: 'channel', kind: 'channel' as const, personId: null, zone: 'Asia/Tokyo' };
  await outbox.saveConversation(channel);
  const now = openOnboarding({ zone: 'Europe/Berlin' });
  await outbox.chooseLanguage(now.requester.id, 'es');
  const request = row({ to: { conversation: 'channel' }, message: 'request' });
  expect(await readerOf(outbox, request, now)).toEqual({ id: null, language: 'es', zone: 'Europe/Berlin' });
});

test('an answer is in the language of whoever it answers', async () => {
  const outbox = fakeOutbox();
  const answer = row({
    to: { conversation: 'gone' },
    message: 'answer',
    onboardingId: null,
    data: { kind: 'help', language: 'ar' },
  });
  expect((await readerOf(outbox, answer, null)).language).toBe('ar');
});

test('a click without a choice is answered as the directory said, then as their Teams is set', async () => {
  const outbox = fakeOutbox();
  const caller = { person: ids.jane, conversation: chat(ids.jane), zone: undefined, mentions: [] };
  expect(await callerLanguage(outbox, caller, directoryLanguage(speaking('de-CH'), ids.jane))).toBe('de');
  expect(await callerLanguage(outbox, caller, directoryLanguage(speaking('de-CH'), ids.mo))).toBe('fr');
});

test('two that draw at the same time do not mix their languages, and an inner one ends with its call', async () => {
  const later = () => new Promise((resolve) => setImmediate(resolve));
  const draw = (language: string) =>
    inLanguage(language, async () => {
      await later();
      const inner = inLanguage('fr', () => t('state.stopped'));
      await later();
      return `${inner} ${t('state.stopped')}`;
    });
  expect(await Promise.all([draw('de'), draw('es'), draw('xx')])).toEqual([
    'Arrêté Gestoppt',
    'Arrêté Detenido',
    'Arrêté Stopped',
  ]);
  expect(t('state.stopped')).toBe('Stopped');
  expect(() =>
    inLanguage('de', () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(t('state.stopped')).toBe('Stopped');
});
