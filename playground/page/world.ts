import type { Info, Page, PersonCard, Screen } from '../contract';
import type { TenantPanel } from '../page-server-types';

/** Everything that the page shows, as it was read last. */
export interface World {
  readonly info: Info;
  readonly people: readonly PersonCard[];
  /** Keys of those who are in a conversation, by its id. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly panel: TenantPanel;
  readonly screens: Readonly<Record<string, Screen>>;
  /** By key and device, as in `jane/phone`; missing where a person has no such device. */
  readonly pages: Readonly<Record<string, Page>>;
  /** What the playground's clock is ahead of this browser's, ms. */
  readonly ahead: number;
}
