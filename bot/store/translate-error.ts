import type { Engine } from './schema';
import { StoreError, type StoreErrorCode } from './store-error';

/** SQLite's primary result codes (sqlite.org, Result and Error Codes). */
const SQLITE: Readonly<Record<number, StoreErrorCode>> = {
  3: 'STORE_UNREACHABLE', // PERM
  5: 'STORE_BUSY', // BUSY
  6: 'STORE_BUSY', // LOCKED
  8: 'STORE_UNREACHABLE', // READONLY
  10: 'STORE_UNREACHABLE', // IOERR
  11: 'STORE_CORRUPT', // CORRUPT
  13: 'STORE_FULL', // FULL
  14: 'STORE_UNREACHABLE', // CANTOPEN
  26: 'STORE_CORRUPT', // NOTADB
};

/** SQLSTATE by its beginning, the longest first (PostgreSQL manual, appendix A). */
const SQLSTATE: readonly (readonly [string, StoreErrorCode])[] = [
  ['53100', 'STORE_FULL'],
  ['40001', 'STORE_BUSY'],
  ['40P01', 'STORE_BUSY'],
  ['55P03', 'STORE_BUSY'],
  ['57014', 'STORE_BUSY'],
  ['08', 'STORE_UNREACHABLE'],
  ['28', 'STORE_UNREACHABLE'],
  ['3D', 'STORE_UNREACHABLE'],
  ['53', 'STORE_UNREACHABLE'],
  ['57', 'STORE_UNREACHABLE'],
  ['25P', 'STORE_UNREACHABLE'],
  ['58', 'STORE_UNREACHABLE'],
  ['XX', 'STORE_CORRUPT'],
];

/** Codes of the operating system that mean "not there" rather than a fault of ours. */
const SYSTEM: Readonly<Record<string, StoreErrorCode>> = {
  ENOSPC: 'STORE_FULL',
  EDQUOT: 'STORE_FULL',
  EACCES: 'STORE_UNREACHABLE',
  EPERM: 'STORE_UNREACHABLE',
  EROFS: 'STORE_UNREACHABLE',
  ENOENT: 'STORE_UNREACHABLE',
  ENOTDIR: 'STORE_UNREACHABLE',
  EEXIST: 'STORE_UNREACHABLE',
  ECONNREFUSED: 'STORE_UNREACHABLE',
  ECONNRESET: 'STORE_UNREACHABLE',
  EHOSTUNREACH: 'STORE_UNREACHABLE',
  ENETUNREACH: 'STORE_UNREACHABLE',
  ENOTFOUND: 'STORE_UNREACHABLE',
  EAI_AGAIN: 'STORE_UNREACHABLE',
  EPIPE: 'STORE_UNREACHABLE',
  ETIMEDOUT: 'STORE_UNREACHABLE',
  ERR_INVALID_URL: 'STORE_UNREACHABLE',
};

/** Turns what the engine threw into a StoreError. What is no error of an engine comes back as it is. */
export function translateError(error: unknown, engine: Engine): unknown {
  if (error instanceof StoreError || typeof error !== 'object' || error === null) return error;
  const { code, errcode, severity, name } = error as Partial<Record<string, unknown>>;
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number')
    return new StoreError(SQLITE[errcode & 0xff] ?? 'STORE_FAILED', `SQLITE ${errcode}`);
  if (typeof code === 'string') {
    const system = SYSTEM[code];
    if (system) return new StoreError(system, code);
    if (severity !== undefined || engine === 'postgres')
      return new StoreError(SQLSTATE.find(([start]) => code.startsWith(start))?.[1] ?? 'STORE_FAILED', code);
  }
  // pg reports a connection that went away, or did not come in time, as a plain Error without a code.
  if (engine === 'postgres' && code === undefined && name === 'Error') return new StoreError('STORE_UNREACHABLE');
  return error;
}

/** The same object with every method's rejection translated. */
export function withStoreErrors<T extends object>(port: T, engine: Engine): T {
  const translated = Object.entries(port).map(([name, method]: [string, (...args: unknown[]) => Promise<unknown>]) => [
    name,
    (...args: unknown[]) =>
      method(...args).catch((error: unknown) => {
        throw translateError(error, engine);
      }),
  ]);
  return Object.fromEntries(translated) as T;
}
