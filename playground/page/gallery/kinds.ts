/** What the build wrote into gallery.json: cards as the product draws them. */
export interface Gallery {
  readonly languages: readonly { readonly tag: string; readonly kinds: readonly Kind[] }[];
}

export interface Kind {
  readonly kind: string;
  readonly cards: readonly { readonly states: readonly string[]; readonly card: unknown }[];
}

/** The measures of page.css repeat these. */
export const WIDTHS = [
  { id: 'desktop', label: 'Desktop' },
  { id: 'phone', label: 'Phone' },
] as const;

/** A name for people: `approver-status` becomes `Approver status`. */
export function titleOf(kind: string): string {
  const words = kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
