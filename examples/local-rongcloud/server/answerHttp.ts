import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RongCloudBehaviour } from './behaviour.ts';

/** A token is the largest thing in it. */
const maxBodyBytes = 16 * 1024;

/** WebSocket over http, in the navigation's numbering. */
const overWebSocket = 5;

export interface HttpParts {
  readonly appKey: string;
  /** Where the sockets are: `host:port`. */
  readonly address: () => string;
  readonly behaviour: () => RongCloudBehaviour;
  readonly onNavi: () => void;
  /** Resolves when `stage` does not hang any more; `false` when the caller has gone meanwhile. */
  readonly awake: (stage: 'navi' | 'upgrade', response: ServerResponse) => Promise<boolean>;
}

/**
 * The navigation: it tells a client where the IM server is. v5 posts to `/v2/navi.json`; v4 and v2 load `/navi.js`, whose answer may
 * be wrapped into the call of a function (JSONP). v2 then knocks at `/ping` before it opens a socket.
 */
export async function answerHttp(request: IncomingMessage, response: ServerResponse, parts: HttpParts): Promise<void> {
  const url = parseUrl(request);
  if (!url) return finish(response, 400);
  // The door has looked at the Origin before.
  const { origin } = request.headers;
  response.setHeader('cache-control', 'no-store');
  response.setHeader('vary', 'origin');
  if (origin !== undefined) response.setHeader('access-control-allow-origin', origin);

  const route = `${request.method} ${url.pathname}`;
  if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', 'rc-appkey, rc-negotiate, content-type');
    return finish(response, 204);
  }
  if (route === 'POST /v2/navi.json') {
    parts.onNavi();
    const body = await readBody(request);
    if (body === undefined) return finish(response, 413);
    return navigate(response, String(request.headers['rc-appkey']), (answer) => JSON.stringify(answer), parts);
  }
  if (route === 'GET /navi.js') {
    parts.onNavi();
    const callBack = /^[\w$.]{1,64}$/.exec(url.searchParams.get('callBack') ?? '')?.[0];
    const wrap = (answer: object) => (callBack === undefined ? JSON.stringify(answer) : `${callBack}(${JSON.stringify(answer)});`);
    return navigate(response, url.searchParams.get('appId') ?? '', wrap, parts);
  }
  if (route === 'GET /ping') {
    if (!(await parts.awake('upgrade', response))) return;
    return finish(response, parts.behaviour().upgrade === 'refuse' ? 503 : 200);
  }
  return finish(response, 404);
}

async function navigate(response: ServerResponse, appKey: string, wrap: (answer: object) => string, parts: HttpParts): Promise<void> {
  if (!(await parts.awake('navi', response))) return;
  const { navi, openAnti } = parts.behaviour();
  if (navi === 'refuse') return finish(response, 503);
  if (typeof navi === 'object') return 'status' in navi ? finish(response, navi.status) : finish(response, 200, wrap(navi.body));
  if (appKey !== parts.appKey) return finish(response, 403);
  const address = parts.address();
  const answer = {
    code: 200,
    type: 0,
    openAnti: openAnti ? 1 : 0,
    // v5
    serverAddr: [{ addr: address, protocol: overWebSocket, weight: 10 }],
    // v4, v2
    server: address,
    backupServer: '',
  };
  return finish(response, 200, wrap(answer));
}

/** The path and query of a request; `undefined` for what is no URL. */
export function parseUrl({ url = '/' }: IncomingMessage): URL | undefined {
  const base = 'http://127.0.0.1';
  return URL.canParse(url, base) ? new URL(url, base) : undefined;
}

function finish(response: ServerResponse, status: number, body = ''): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' }).end(body);
}

/** The body is read for its size alone: whether the token in it is any good is said on the socket. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
