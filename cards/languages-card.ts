import { type About, type Button, button, type Card } from './card';
import { panel } from './panel';
import { currentLanguage } from './strings/language';
import { languages, ownName } from './strings/languages';
import { t } from './strings/strings';
import { plain } from './text';

/** A card has room for six buttons. */
const MOST = 6;

/** Which languages there are; `set` when this is the answer to a choice. */
export function renderLanguages(set: boolean): Card {
  const language = plain(ownName(currentLanguage()));
  return panel({
    title: t('language.title'),
    lines: [set ? t('language.set', { language }) : t('language.now', { language }), t('language.how')],
    languages: languageButtons({ id: '', nonce: '', version: 0 }),
  });
}

/** The switch on a card. Each is called what its own speakers call it: whoever needs it cannot read the rest. */
export function languageButtons(about: About): Button[] {
  const here = currentLanguage();
  const others = languages().filter((tag) => tag !== here);
  return others.slice(0, MOST).map((language) => button(about, 'language', plain(ownName(language)), { language }));
}
