import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../bot/config';
import { setLanguages } from '../../bot/main/languages';
import { inLanguage, languageFor, t, useLanguages } from '../../cards/render';

afterEach(() => useLanguages({}));

function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'onboard-languages-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

function problems(language: string, files?: Readonly<Record<string, string>>): string {
  try {
    setLanguages({ language, ...(files ? { languagesDir: folder(files) } : {}) });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

test('a customer adds a language without code; what it lacks is read in English', () => {
  const portuguese = {
    'state.open': 'Janela aberta',
    'time.minutes_one': '{count} minuto',
    'time.minutes_many': '{count} minutos',
    'time.minutes_other': '{count} minutos',
    'step.iphone.6': 'Toque em **{@done}**.',
    '@done': 'OK',
  };
  expect(problems('pt-BR', { 'pt-BR.json': JSON.stringify(portuguese), 'notes.txt': 'no language' })).toBe('');
  expect(languageFor(['nl'])).toBe('pt-BR');
  inLanguage('pt-BR', () => {
    expect(t('state.open')).toBe('Janela aberta');
    expect(t('state.stopped')).toBe('Stopped');
    expect([t('time.minutes', { count: 1 }), t('time.minutes', { count: 5 })]).toEqual(['1 minuto', '5 minutos']);
    expect(t('step.iphone.6')).toBe('Toque em **OK**.');
  });
});

test('single texts and labels of a language that is there are replaced, the rest stays', () => {
  expect(problems('en', { 'de.json': '\uFEFF{"state.open": "Offen", "@next": "Nächste Seite"}' })).toBe('');
  inLanguage('de', () => {
    expect([t('state.open'), t('state.stopped')]).toEqual(['Offen', 'Gestoppt']);
    expect(t('page.step.wait')).toContain('**Nächste Seite**');
  });
});

test.each([
  ['xx', undefined, /LANGUAGE.*There are: en, de, fr, es, ar/s],
  ['en', { 'xx-nonsense.json': '{}' }, /LANGUAGES_DIR.*xx-nonsense.*no language tag/s],
  ['en', { 'pt.json': '{"state.open": ' }, /pt\.json, which is no JSON/],
  ['en', { 'pt.json': '[]' }, /pt\.json: it must be one object/],
  ['en', { 'pt.json': '{"state.opne": "x"}' }, /pt\.json: state\.opne: there is no such text/],
  ['en', { 'pt.json': '{"approved.title": "x"}' }, /pt\.json: approved\.title: \{subject\} is missing/],
  ['en', { 'readme.md': '' }, /no \.json file/],
])('LANGUAGE=%s with %j does not start', (language, files, said) => {
  expect(problems(language, files as Readonly<Record<string, string>> | undefined)).toMatch(said);
});

test('a folder that is not there is said', () => {
  expect(() => setLanguages({ language: 'en', languagesDir: '/nowhere/at/all' })).toThrow(/cannot be read \(ENOENT\)/);
});
