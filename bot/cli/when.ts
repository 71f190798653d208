/** `2026-12-01 09:00:00Z`: sortable, and the same on every machine. */
export function when(at: number | undefined): string {
  return at === undefined ? '' : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
