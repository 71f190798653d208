import type { ComponentChildren } from 'preact';

const drawn = {
  key: (
    <>
      <circle cx="7" cy="7.5" r="3.5" />
      <path d="M9.6 10.1 16 16.5m-2.3-2.3 2-2" />
    </>
  ),
  chat: <path d="M3 4.5h14v9H9l-4 3v-3H3z" />,
  computer: (
    <>
      <rect x="2.5" y="3.5" width="15" height="10" rx="1.5" />
      <path d="M7 17h6m-3-3.5V17" />
    </>
  ),
  phone: (
    <>
      <rect x="5.5" y="2" width="9" height="16" rx="2" />
      <path d="M9 15.5h2" />
    </>
  ),
  hash: <path d="M8 3 6.5 17M13.5 3 12 17M3.5 7.5h13m-13.5 5h13" />,
  group: (
    <>
      <circle cx="7" cy="7" r="2.8" />
      <path d="M2 16c.4-3 2.4-4.5 5-4.5s4.6 1.5 5 4.5M13 4.6a2.6 2.6 0 0 1 0 5M14.5 11.8c2 .5 3.2 1.9 3.5 4.2" />
    </>
  ),
  send: <path d="M3 10 17 3.5 13 17l-3.5-5.5zm6.5 1.5L17 3.5" />,
  eye: (
    <>
      <path d="M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5z" />
      <circle cx="10" cy="10" r="2.2" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="9" width="11" height="8" rx="1.5" />
      <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
    </>
  ),
  shield: <path d="M10 2.5 16.5 5v4.5c0 4-2.7 6.8-6.5 8-3.8-1.2-6.5-4-6.5-8V5z" />,
  check: <path d="m4 10.5 4 4 8-9" />,
  cross: <path d="m5 5 10 10M15 5 5 15" />,
  panel: (
    <>
      <rect x="2.5" y="3.5" width="15" height="13" rx="1.5" />
      <path d="M12 3.5v13" />
    </>
  ),
  sun: (
    <>
      <circle cx="10" cy="10" r="3.2" />
      <path d="M10 2.5v2m0 11v2M2.5 10h2m11 0h2M4.7 4.7l1.4 1.4m7.8 7.8 1.4 1.4m0-10.6-1.4 1.4m-7.8 7.8-1.4 1.4" />
    </>
  ),
  moon: <path d="M16 12.5A7 7 0 0 1 7.5 4a6.8 6.8 0 1 0 8.5 8.5z" />,
  mail: (
    <>
      <rect x="2.5" y="4.5" width="15" height="11" rx="1.5" />
      <path d="m3 6 7 5 7-5" />
    </>
  ),
  gear: (
    <>
      <circle cx="10" cy="10" r="2.6" />
      <path d="M10 2.5v3m0 9v3M2.5 10h3m9 0h3M4.7 4.7l2.1 2.1m6.4 6.4 2.1 2.1m0-10.6-2.1 2.1m-6.4 6.4-2.1 2.1" />
    </>
  ),
  scan: (
    <path d="M3 7V4.5C3 3.7 3.7 3 4.5 3H7m6 0h2.5c.8 0 1.5.7 1.5 1.5V7m0 6v2.5c0 .8-.7 1.5-1.5 1.5H13m-6 0H4.5c-.8 0-1.5-.7-1.5-1.5V13m1-3h12" />
  ),
  back: <path d="m11.5 4-6 6 6 6" />,
} satisfies Record<string, ComponentChildren>;

export type IconName = keyof typeof drawn;

/** A line drawing beside words; it says nothing that the words do not say. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {drawn[name]}
    </svg>
  );
}
