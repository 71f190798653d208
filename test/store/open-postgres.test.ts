import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { openPostgres } from '../../bot/store/open-postgres';
import { translateError } from '../../bot/store/translate-error';
import { World } from './engines';

/** AuthenticationOk and ReadyForQuery: enough of a server to be connected to, and to lose. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

describe('a PostgreSQL that goes away', () => {
  it('is an error for whoever is using the connection, and does not end the process', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.once('data', () => socket.write(WELCOME));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const world = new World();
    const { db } = openPostgres(`postgres://x@127.0.0.1:${(server.address() as AddressInfo).port}/x`, world.log);

    const error = await db
      .connection()
      .execute(async (lent) => {
        const [socket] = sockets;
        socket?.destroy();
        while (world.events('store-connection-lost').length === 0) await new Promise(setImmediate);
        await sql`select 1`.execute(lent);
      })
      .catch((cause: unknown) => translateError(cause, 'postgres'));

    expect(error).toMatchObject({ code: 'STORE_UNREACHABLE' });
    await db.destroy();
    server.close();
  });
});
