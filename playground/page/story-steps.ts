import { windowsOf } from './window-view';
import type { World } from './world';

/** The story in five steps, for whoever opens the page for the first time. */
export const STEPS = [
  { who: 'Helpdesk', what: 'asks in one line of chat' },
  { who: 'Manager', what: 'approves, is shown a pass' },
  { who: 'Employee', what: 'registers a passkey' },
  { who: 'Onboard', what: 'ends the exemption' },
  { who: 'Tenant', what: 'shows that it ended' },
] as const;

/** Index of the step that is to be done now; the number of steps when the story has been told. */
export function stepNow({ panel, screens }: Pick<World, 'panel' | 'screens'>): number {
  const { open, last } = windowsOf(panel);
  const [view] = open.length > 0 ? open : last ? [last] : [];
  if (view) {
    if (view.outAt !== null)
      return view.passkeyAt === null ? 0 : view.passGoneAt !== null && view.revokedAt !== null ? STEPS.length : 4;
    return view.passkeyAt !== null
      ? 3
      : panel.passes.some(({ userId, over }) => userId === view.userId && !over)
        ? 2
        : 1;
  }
  const asked = Object.values(screens).some(({ conversations }) =>
    conversations.some(({ messages }) =>
      messages.some(({ card }) => /"onboarding":"[^"]+"/.test(JSON.stringify(card ?? ''))),
    ),
  );
  return asked ? 1 : 0;
}
