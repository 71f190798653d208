import type { Onboarding } from '../onboarding/onboarding';
import type { Store } from './store-port';

const AT_ONCE = 200;

/** Everything that is active, by number, few at a time in memory. What is new meanwhile comes last. */
export async function* activePages(store: Pick<Store, 'active'>): AsyncGenerator<readonly Onboarding[], void> {
  for (let after = 0; ; ) {
    const page = await store.active(after, AT_ONCE);
    yield page;
    const last = page.at(-1);
    if (!last || page.length < AT_ONCE) return;
    after = last.number;
  }
}

/** The same, one by one. */
export async function* eachActive(store: Pick<Store, 'active'>): AsyncGenerator<Onboarding, void> {
  for await (const page of activePages(store)) yield* page;
}
