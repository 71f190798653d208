import {
  AdaptiveCard,
  type ExecuteAction,
  HostConfig,
  type OpenUrlAction,
  SerializationContext,
  Versions,
} from 'adaptivecards';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PersonCard } from '../contract';
import { cardActions } from '../teams/card-actions';
import { hostConfig } from './host-config';
import { toHtml } from './markdown';
import { withPeople } from './people-picker';

export interface Execute {
  readonly verb: string;
  readonly title: string;
  readonly inputs: Readonly<Record<string, string>>;
}

const config = new HostConfig(hostConfig);

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = toHtml(text);
  result.didProcess = true;
};

/** What the person typed into the inputs that belong to this button; others are not sent along. */
function typedFor(card: AdaptiveCard, source: unknown, verb: string, title: string): Record<string, string> {
  const action = cardActions(source).find((one) => one.verb === verb && one.title === title);
  const wanted = new Set(action?.inputs.map(({ id }) => id) ?? []);
  return Object.fromEntries(
    card
      .getAllInputs()
      .flatMap((input) => (input.id && wanted.has(input.id) ? [[input.id, String(input.value ?? '')]] : [])),
  );
}

/** One Adaptive Card. Drawn anew only when the card is another; a change in place is shown by a short glow. */
export function CardView(props: {
  readonly card: unknown;
  readonly people: readonly PersonCard[];
  readonly onExecute?: (execute: Execute) => Promise<void>;
}) {
  const { card, people, onExecute } = props;
  const place = useRef<HTMLDivElement>(null);
  const execute = useRef(onExecute);
  execute.current = onExecute;
  const [busy, setBusy] = useState(false);
  const drawings = useRef(0);
  const text = JSON.stringify(card);
  // Before the page is painted, so that nothing below it jumps.
  useLayoutEffect(() => {
    const adaptive = new AdaptiveCard();
    adaptive.hostConfig = config;
    adaptive.parse(withPeople(card, people) as object, new SerializationContext(Versions.v1_6));
    adaptive.onExecuteAction = (action) => {
      const type = action.getJsonTypeName();
      if (type === 'Action.OpenUrl') window.open((action as OpenUrlAction).url, '_blank', 'noopener,noreferrer');
      if (type !== 'Action.Execute') return;
      const { verb, title = '' } = action as ExecuteAction;
      setBusy(true);
      void execute
        .current?.({ verb, title, inputs: typedFor(adaptive, card, verb, title) })
        .finally(() => setBusy(false));
    };
    const drawn = adaptive.render();
    if (drawn) place.current?.replaceChildren(drawn);
    if (drawings.current++ > 0) {
      place.current?.animate([{ boxShadow: '0 0 0 3px var(--glow)' }, { boxShadow: '0 0 0 3px transparent' }], 1_400);
    }
  }, [text]);

  return <div ref={place} class={busy ? 'card busy' : 'card'} aria-busy={busy} inert={busy || undefined} />;
}
