import { openStore } from '../../bot/store/open-store';
import { change, entry, onboarding } from './samples';

/**
 * Works on the store in the directory given until it is killed, or for the number of rounds given, and prints what was
 * acknowledged. Each round asks for `jane` as well, whom only one process can have at a time.
 */
async function main([dataDir = '', name = '', rounds = 'for ever']: readonly string[]): Promise<void> {
  const log = { info() {}, warn() {}, error() {} };
  const { store, close } = await openStore({ dataDir }, { ledgerKey: Buffer.alloc(32, 7), log, clock: Date });
  console.log('ready');
  for (let round = 1; round !== Number(rounds) + 1; round++) {
    const id = `${name}-${round}`;
    const asked = onboarding({ subject: id });
    const answer = await store.create(change({ ...asked, id }, [entry('requested', { id })]));
    if (!('created' in answer)) throw new Error('not created');
    const to = { person: id };
    const next = { ...answer.created, comment: 'committed' };
    await store.commit(answer.created, change(next, [entry('committed', { id })], [{ live: 'approval', to }]));
    console.log(id);

    const jane = await store.create(change({ ...onboarding({ subject: 'jane' }), id: `jane-${id}` }));
    if ('created' in jane && round % 3 === 0)
      await store.commit(jane.created, change({ ...jane.created, state: 'closed' }));
  }
  await close();
}

void main(process.argv.slice(2));
