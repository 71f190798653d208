import { hostname, userInfo } from 'node:os';

/** Who typed the command, for the ledger: the account and the machine. A container may have no account name. */
export function operator(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}@${hostname()}`;
  }
}
