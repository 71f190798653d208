import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';

/** Whether the first drawing is over: what comes later has just happened. */
const Settled = createContext({ yes: false });

/** Around a part of the page whose changes light up. What it holds at first does not. */
export function LitRoot({ children }: { readonly children: ComponentChildren }) {
  const settled = useMemo(() => ({ yes: false }), []);
  useEffect(() => {
    settled.yes = true;
  }, [settled]);
  return <Settled.Provider value={settled}>{children}</Settled.Provider>;
}

/** One line of a list; lights up when it appears. A key that holds its state makes it appear anew when that changes. */
export function Lit(props: {
  /** False for what only comes into sight. */
  readonly fresh?: boolean;
  readonly class?: string;
  readonly title?: string | undefined;
  readonly children: ComponentChildren;
}) {
  const settled = useContext(Settled);
  const [isNew] = useState(() => settled.yes && props.fresh !== false);
  return (
    <li class={`${isNew ? 'lit ' : ''}${props.class ?? ''}`} title={props.title}>
      {props.children}
    </li>
  );
}
