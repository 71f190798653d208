import type { Product } from './product';

/** Several instances of the product behind one address, as behind a load balancer. */
export interface Products extends Product {
  readonly count: number;
  /** One of them. Throws for a number that there is none of. */
  one(instance: number): Product;
  /** Where the next activity goes: the instances that run take turns. */
  next(): string;
}

/** The first that is up is as good as any; one that is only starting is better than none. */
const RANKS: readonly ((product: Product) => boolean)[] = [
  (product) => product.isUp(),
  (product) => product.pid() !== null,
  () => true,
];

/** @param instances with the address of each; what is done to all of them is done side by side. */
export function createProducts(instances: readonly { readonly product: Product; readonly url: string }[]): Products {
  let turn = 0;
  const all = instances.map(({ product }) => product);
  const each = async (act: (product: Product) => Promise<void>) => {
    await Promise.all(all.map(act));
  };
  return {
    count: all.length,
    one(instance) {
      const found = all[instance];
      if (!found) throw new Error(`there is no instance ${instance}`);
      return found;
    },
    next() {
      const best = RANKS.map((is) => instances.filter(({ product }) => is(product))).find((found) => found.length > 0);
      return best?.[turn++ % best.length]?.url ?? '';
    },
    start: () => each((product) => product.start()),
    kill: () => each((product) => product.kill()),
    stop: () => each((product) => product.stop()),
    ready: async () => (await Promise.all(all.map((product) => product.ready()))).some(Boolean),
    isUp: () => all.some((product) => product.isUp()),
    pid: () => all.find((product) => product.pid() !== null)?.pid() ?? null,
  };
}
