/** Text as it may stand in an element or in an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** Our words with their two kinds of emphasis: `**name of a button**` and `*name of a page*`. */
export function rich(words: string): string {
  return escapeHtml(words)
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/\*(.+?)\*/g, '<i>$1</i>');
}
