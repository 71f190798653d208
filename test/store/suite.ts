import type { Onboarding } from '../../bot/onboarding/onboarding';
import type { OpenStore } from '../../bot/store/open-store';
import { engines, type Place, type TestEngine, World } from './engines';
import { change, onboarding } from './samples';

/** What a test works with: a new database, one instance on it, and means to open another. */
export interface Bench {
  readonly engine: string;
  readonly place: Place;
  readonly world: World;
  readonly open: OpenStore;
  /** Another instance on the same database. */
  second(): Promise<OpenStore>;
  /**
   * Another instance to race with. On SQLite the same one: two connections of one process cannot race, since waiting for
   * a lock stops the thread that would have to free it. Processes that race have a test of their own.
   */
  rival(): Promise<OpenStore>;
  /** Stores a new onboarding, which must not be taken. */
  create(part?: Parameters<typeof onboarding>[0]): Promise<Onboarding>;
}

/** Runs the tests on every engine, those of `onEmpty` on databases that nobody has opened yet. */
export function onEveryEngine(
  tests: (bench: () => Bench) => void,
  onEmpty: (place: () => Place, engine: string) => void,
): void {
  describe.each(engines().map((engine) => [engine.name, engine] as const))('%s', (_, engine) => {
    beforeAll(() => engine.start(), 30_000);
    afterAll(() => engine.stop());

    describe('with one instance', () => withInstance(engine, tests));
    describe('empty at first', () => withPlace(engine, onEmpty));
  });
}

function withPlace(engine: TestEngine, tests: (place: () => Place, engine: string) => void): void {
  let place: Place;
  beforeEach(async () => {
    place = await engine.place();
  }, 30_000);
  afterEach(() => place.remove());
  tests(() => place, engine.name);
}

function withInstance(engine: TestEngine, tests: (bench: () => Bench) => void): void {
  let bench: Bench;
  const opened: OpenStore[] = [];

  beforeEach(async () => {
    const place = await engine.place();
    const world = new World();
    const second = async () => {
      const one = await place.open(world);
      opened.push(one);
      return one;
    };
    const open = await second();
    bench = {
      engine: engine.name,
      place,
      world,
      open,
      second,
      rival: () => (engine.name === 'SQLite' ? Promise.resolve(open) : second()),
      async create(part) {
        const answer = await open.store.create(change(onboarding(part)));
        if (!('created' in answer)) throw new Error('taken');
        return answer.created;
      },
    };
  }, 30_000);

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
    await bench.place.remove();
  });

  tests(() => bench);
}
