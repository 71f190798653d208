const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const html = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** Stands for an escaped character until the formatting is done; private use, so nobody types it. */
const HIDDEN_FROM = 0xe000;

/**
 * The subset of Markdown that Teams reads in a text block: bold, italic, links to the web, lists. Everything is escaped
 * before it is formatted, so no text of a person becomes markup.
 */
export function toHtml(text: string): string {
  const hidden: string[] = [];
  const hide = (character: string) => String.fromCharCode(HIDDEN_FROM + hidden.push(html(character)) - 1);
  const safe = html(
    text
      .replace(/[\ue000-\uf8ff]/g, '')
      .replace(/\\([\\`*_[\]<>~|&\-+#.)(!{}])/g, (_, character: string) => hide(character)),
  );

  const inline = (line: string): string =>
    line
      .replace(/\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g, '<a href="$2" target="_blank" rel="noreferrer noopener">$1</a>')
      .replace(/\*\*(?=\S)(.+?)\*\*/g, '<strong>$1</strong>')
      .replace(/(^|[\s(])_(?=\S)([^_]+?)_(?=$|[\s).,;:!?])/g, '$1<em>$2</em>')
      .replace(/(^|[\s(])\*(?=\S)([^*]+?)\*(?=$|[\s).,;:!?])/g, '$1<em>$2</em>');

  const lines = safe.split(/\r?\n/);
  const out: string[] = [];
  let list: 'ul' | 'ol' | null = null;
  const close = () => {
    if (list) out.push(`</${list}>`);
    list = null;
  };
  for (const line of lines) {
    const item = /^\s*(?:([-*+])|(\d+)[.)])\s+(.*)$/.exec(line);
    if (!item) {
      close();
      out.push(line.trim() === '' ? '' : `<p>${inline(line)}</p>`);
      continue;
    }
    const wanted = item[1] ? 'ul' : 'ol';
    if (list !== wanted) {
      close();
      out.push(wanted === 'ol' && item[2] !== '1' ? `<ol start="${item[2]}">` : `<${wanted}>`);
      list = wanted;
    }
    out.push(`<li>${inline(item[3] ?? '')}</li>`);
  }
  close();
  return out.join('').replace(/[\ue000-\uf8ff]/g, (character) => hidden[character.charCodeAt(0) - HIDDEN_FROM] ?? '');
}
