/** An answer of the playground that is not the expected one. The message says what was asked; a body is cut short. */
export class Unexpected extends Error {
  constructor(
    readonly status: number,
    what: string,
    body: string,
  ) {
    super(`${what} was answered ${status}: ${body.slice(0, 300)}`);
  }
}

/** JSON over HTTP to the playground. Throws Unexpected for every status but 200. */
export function createHttp(base: string) {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const ask = () =>
      fetch(`${base}${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
    let answer: Response | undefined;
    // Kept connections may all have been closed by the other side meanwhile; looking again does nothing twice.
    for (let tries = method === 'GET' ? 5 : 1; !answer; tries--) {
      answer = await ask().catch((error: unknown) => {
        // By name: a test runner's TypeError is not the one of fetch.
        if (tries <= 1 || (error as Error).name !== 'TypeError') throw error;
        return new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 50));
      });
    }
    const text = await answer.text();
    if (answer.status !== 200) throw new Unexpected(answer.status, `${method} ${path}`, text);
    return JSON.parse(text) as T;
  }
  return {
    get: <T>(path: string) => call<T>('GET', path),
    post: <T>(path: string, body: unknown) => call<T>('POST', path, body),
  };
}

export type Http = ReturnType<typeof createHttp>;
