import { useState } from 'preact/hooks';
import { Icon } from './icons';
import { LitRoot } from './lit';
import { ControlsTab } from './panel-controls';
import { LedgerTab } from './panel-ledger';
import { SignInsTab } from './panel-sign-ins';
import { TenantTab } from './panel-tenant';
import { WindowCard } from './panel-window';
import { TabList } from './tab-list';
import type { World } from './world';

const TABS = [
  { id: 'tenant', label: 'Tenant' },
  { id: 'sign-ins', label: 'Sign-ins' },
  { id: 'ledger', label: 'Ledger' },
  { id: 'controls', label: 'Controls' },
] as const;
type Tab = (typeof TABS)[number]['id'];

/** The other side of the screen: the tenant as its administrator sees it, and what can be done to it. */
export function TenantPanelView(props: {
  readonly world: World;
  readonly now: number;
  readonly shown: readonly string[];
  readonly refresh: () => Promise<void>;
  readonly onClose?: (() => void) | undefined;
}) {
  const { world, now, shown, refresh, onClose } = props;
  const { panel, people, info } = world;
  const [tab, setTab] = useState<Tab>('tenant');
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const ids = new Set(people.filter(({ key }) => shown.includes(key)).map(({ id }) => id));
  const stirred = (panel.changes[0]?.seq ?? 0) + (panel.signIns[0]?.seq ?? 0) + (info.productReady ? 1 : 0);

  return (
    <aside class="panel" aria-label="Tenant">
      <header class="panel-head">
        <div>
          <h2>Northwind Bank</h2>
          <p>
            {info.scenario === 'everyone' ? 'Passkeys required of everybody' : 'Passkeys required of privileged roles'}
          </p>
        </div>
        {onClose && (
          <button type="button" class="icon-button" aria-label="Close the tenant panel" onClick={onClose}>
            <Icon name="cross" />
          </button>
        )}
      </header>
      <LitRoot>
        <WindowCard panel={panel} now={now} nameOf={nameOf} />
      </LitRoot>
      <TabList label="What to see of the tenant" tabs={TABS} active={tab} onSelect={setTab} controls="tenant-tab" />
      <div
        class="panel-body"
        id="tenant-tab"
        role="tabpanel"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
        tabIndex={0}
        aria-label={TABS.find(({ id }) => id === tab)?.label}
      >
        <LitRoot key={tab}>
          {tab === 'tenant' && <TenantTab panel={panel} now={now} nameOf={nameOf} ids={ids} />}
          {tab === 'sign-ins' && <SignInsTab panel={panel} nameOf={nameOf} />}
          {tab === 'ledger' && <LedgerTab stirred={stirred} nameOf={nameOf} />}
          {tab === 'controls' && (
            <ControlsTab panel={panel} people={people} first={shown.at(-1) ?? ''} now={now} refresh={refresh} />
          )}
        </LitRoot>
      </div>
    </aside>
  );
}
