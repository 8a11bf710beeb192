import type { FakeClock } from '../fakeClock.ts';

export type FakeFetch = (input: unknown, init?: { signal?: AbortSignal | null }) => Promise<unknown>;

/** A `fetch` without a network. `undefined` as an answer means that none ever comes. */
export function createFakeFetch(clock: FakeClock, ask: (url: URL) => { status: number; body: string } | undefined): FakeFetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(typeof input === 'object' && input !== null && 'url' in input ? String(input.url) : String(input));
      init?.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
      clock.set(() => {
        const answer = ask(url);
        if (answer) resolve(responseOf(url, answer.status, answer.body));
      }, 0);
    });
}

/** Not Node's `Response`, whose body takes real time to read. */
function responseOf(url: URL, status: number, body: string): object {
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: String(status),
    url: url.href,
    type: 'basic',
    redirected: false,
    headers: new Headers({ 'content-type': body.startsWith('{') ? 'application/json' : 'text/plain' }),
    text: () => Promise.resolve(body),
    json: () => Promise.resolve().then((): unknown => JSON.parse(body)),
    arrayBuffer: () => Promise.resolve(new TextEncoder().encode(body).buffer),
  };
}
