import type { Page, PageButton, PageField, Stopped } from '../contract';

export type Fields = Readonly<Record<string, unknown>>;
export type Next = Step | Promise<Step>;
export type Go = (fields: Fields) => Next;

/** What a device shows, and where each of its buttons leads. */
export interface Step {
  readonly page: Page;
  readonly on: Readonly<Record<string, Go>>;
  /** For a page that waits for another device: what to show when it is looked at. */
  readonly look?: () => Step;
}

interface Parts {
  readonly page: string;
  readonly title: string;
  readonly where: string;
  readonly text?: readonly string[];
  readonly fields?: readonly PageField[];
  readonly buttons: readonly (PageButton & { readonly go: Go })[];
  readonly signedInAs?: string | undefined;
  readonly webauthn?: Page['webauthn'];
  readonly stopped?: Stopped | null | undefined;
  readonly look?: (() => Step) | undefined;
}

/** Builds a step from its page and its buttons, so that no page can show a button that leads nowhere. */
export function step(parts: Parts): Step {
  return {
    page: {
      page: parts.page,
      title: parts.title,
      text: parts.text ?? [],
      fields: parts.fields ?? [],
      buttons: parts.buttons.map(({ id, label, primary }) => ({ id, label, ...(primary ? { primary } : {}) })),
      where: parts.where,
      ...(parts.signedInAs ? { signedInAs: parts.signedInAs } : {}),
      ...(parts.webauthn ? { webauthn: parts.webauthn } : {}),
      ...(parts.stopped ? { stopped: parts.stopped } : {}),
    },
    on: Object.fromEntries(parts.buttons.map(({ id, go }) => [id, go])),
    ...(parts.look ? { look: parts.look } : {}),
  };
}

/** A typed field as text; what is missing or not text is empty. */
export function typed(fields: Fields, id: string): string {
  const value = fields[id];
  return typeof value === 'string' ? value : '';
}
