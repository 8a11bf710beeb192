import type { Requests } from './createRequests.ts';

export interface FetchInit {
  readonly method?: string;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly body?: string | null;
  readonly signal?: AbortSignal | null;
}

/** `fetch` for small texts. */
export function createFetch(requests: Requests, baseUrl: string): (url: string | URL, init?: FetchInit) => Promise<Response> {
  return (url, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const request = { method, url: new URL(url, baseUrl), headers: Object.fromEntries(new Headers(headers)), body: body ?? undefined };
      const { abort } = requests.send(request, (answer) => {
        signal?.removeEventListener('abort', onAbort);
        if (!answer) return reject(new TypeError('Failed to fetch'));
        const { status, statusText, text } = answer;
        // these may have no body, and `Response` throws at one
        const hasBody = ![204, 205, 304].includes(status);
        resolve(new Response(hasBody ? text : null, { status, statusText, headers: [...answer.headers] }));
      });
      const onAbort = () => {
        abort();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    });
}
