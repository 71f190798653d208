import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkLanguage, type Words } from '../../cards/strings/check-language';
import { languages, useLanguages } from '../../cards/strings/languages';
import { type Config, ConfigError } from '../config';

/** A file in which everything is wrong must not fill the screen. */
const MOST_PROBLEMS = 20;

/**
 * Sets in which languages people are written to: those of the product, and the files of LANGUAGES_DIR, which add a
 * language or replace single texts of one.
 *
 * @throws ConfigError with every key that is wrong, because a language that is half understood would be noticed by
 * somebody on their first day.
 */
export function setLanguages({ language, languagesDir }: Pick<Config, 'language' | 'languagesDir'>): void {
  useLanguages({ added: languagesDir === undefined ? {} : readFolder(languagesDir), standard: language });
  if (!languages().includes(language))
    throw problem('LANGUAGE', `is ${language}, which is not there. There are: ${languages().join(', ')}.`);
}

function readFolder(folder: string): Readonly<Record<string, Words>> {
  const files = names(folder).filter((name) => name.endsWith('.json'));
  if (files.length === 0) throw problem('LANGUAGES_DIR', `names ${folder}, in which there is no .json file.`);
  const read = files.map((name) => [basename(name, '.json'), parse(join(folder, name))] as const);
  const wrong = read.flatMap(([tag, value]) => checkLanguage(tag, value).map((what) => `${tag}.json: ${what}`));
  if (wrong.length > 0)
    throw new ConfigError(wrong.slice(0, MOST_PROBLEMS).map((todo) => ({ key: 'LANGUAGES_DIR', todo })));
  return Object.fromEntries(read) as Readonly<Record<string, Words>>;
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw problem('LANGUAGES_DIR', `names ${folder}, which cannot be read (${code}).`);
  }
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw problem('LANGUAGES_DIR', `has ${basename(path)}, which is no JSON: ${(error as Error).message}`);
  }
}

function problem(key: string, todo: string): ConfigError {
  return new ConfigError([{ key, todo }]);
}
