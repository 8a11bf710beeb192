import { request as httpRequest } from 'node:http';
import type { LoopbackOnly } from './createLoopbackOnly.ts';

export interface PlainRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface PlainAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** HTTP for `XMLHttpRequest` and `fetch`, which differ in their manners only. */
export interface Requests {
  readonly pending: number;
  /** `settle` is called once: with the answer, or with nothing for any failure, as a page hears of no details either. */
  send(request: PlainRequest, settle: (answer: PlainAnswer | undefined) => void): { abort(): void };
  /** Aborts all, and sends no new ones. */
  close(): void;
}

export function createRequests({ admits, connectTo }: LoopbackOnly): Requests {
  const running = new Set<() => void>();
  let closed = false;
  return {
    get pending() {
      return running.size;
    },
    send({ method, url, headers, body }, settle) {
      let stop = (): void => undefined;
      const abort = () => {
        running.delete(abort);
        stop();
      };
      const finish = (answer?: PlainAnswer) => {
        if (running.delete(abort)) settle(answer);
      };
      if (closed) return { abort };
      running.add(abort);
      if (!admits(url)) {
        const turn = setImmediate(finish);
        stop = () => clearImmediate(turn);
        return { abort };
      }
      const outgoing = httpRequest({
        method,
        host: url.hostname,
        port: url.port,
        path: url.pathname + url.search,
        headers: { ...headers, host: url.host },
        // And so no agent: it would have a way of its own to the network, and would keep it open.
        createConnection: () => connectTo(url),
      });
      stop = () => outgoing.destroy();
      outgoing.once('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('error', () => finish());
        response.once('end', () => {
          const { statusCode: status = 0, statusMessage: statusText = '' } = response;
          const got = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
          finish({ status, statusText, headers: new Map(got), text });
        });
      });
      // Also after an abort, when nobody listens any more.
      outgoing.on('error', () => finish());
      outgoing.once('close', () => finish());
      outgoing.end(body);
      return { abort };
    },
    close() {
      closed = true;
      for (const abort of [...running]) abort();
    },
  };
}
