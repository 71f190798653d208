import { englishLabels } from '../../cards/strings/labels';
import { currentLanguage } from '../../cards/strings/language';

/** Text as it may stand in an element or in an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

const english = new Set(Object.values(englishLabels).map(escapeHtml));

/**
 * Our words with their two kinds of emphasis: `**name of a button**` and `*name of a page*`. A name that is in English
 * because nobody knows another one is marked as such, or a screen reader would read it as if it were not.
 */
export function rich(words: string): string {
  return escapeHtml(words)
    .replace(/\*\*(.+?)\*\*/g, (_, name: string) => `<b>${spoken(name)}</b>`)
    .replace(/\*(.+?)\*/g, (_, name: string) => `<i>${spoken(name)}</i>`);
}

/** A name that has its meaning in parentheses behind it has that in the language of the page. */
function spoken(name: string): string {
  const [label = ''] = name.split(' (');
  if (currentLanguage() === 'en' || !english.has(label)) return name;
  return `<span lang="en" dir="ltr">${label}</span>${name.slice(label.length)}`;
}
