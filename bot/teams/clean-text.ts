/** Text of a chat line in which nothing invisible is left, and whether something was there that no name has. */
export interface CleanText {
  readonly text: string;
  /** Control characters or broken characters were found: the text cannot be taken as it was typed. */
  readonly broken: boolean;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** `&amp;`, `&#39;`, `&#x27;` and the few named ones that Teams writes; anything else stays as it is. */
export function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

/**
 * One line, NFKC, without invisible and direction-changing characters. Tags of formatted text go; what only looks like
 * one (`<jane@example.com>`) stays.
 */
export function cleanText(raw: string): CleanText {
  const text = decodeEntities(raw.replace(/<\/?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,500})?\/?>/gi, ' '))
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '');
  const spaced = text.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ');
  const printable = spaced.replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/gu, '');
  return { text: printable.replace(/ +/g, ' ').trim(), broken: printable !== spaced };
}
