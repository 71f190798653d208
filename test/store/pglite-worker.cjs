/** PGlite in a thread of its own: it loads its files with import(), which jest's sandbox refuses. */
const { parentPort } = require('node:worker_threads');
const { PGlite } = require('@electric-sql/pglite');

const database = new PGlite({ parsers: { 20: Number } });

parentPort.on('message', async ({ id, sql, parameters }) => {
  try {
    const { rows, affectedRows } = await database.query(sql, parameters);
    parentPort.postMessage({ id, rows, affectedRows });
  } catch (error) {
    const { message, code, severity } = error;
    parentPort.postMessage({ id, error: { message, code, severity } });
  }
});
