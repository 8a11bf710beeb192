import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkCaller, localDoor } from './checkCaller.ts';
import { readJson } from './readJson.ts';
import type { Answer, Routes } from './Route.ts';

export interface HttpServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `routes` on 127.0.0.1. Every request passes the same door before a route sees it: host, origin, path, method, type, size.
 * `makeRoutes` is given the port, because the page's security policy has to name it. Port 0 picks a free one.
 */
export async function startHttp(port: number, makeRoutes: (port: number) => Routes): Promise<HttpServer> {
  let routes: Routes = {};
  let door = localDoor(0, 0);
  const closing = new AbortController();
  const server = createServer((request, response) => {
    void answerRequest(request, response).then((answer) => send(response, answer));
  });
  server.requestTimeout = 10_000;
  server.maxConnections = 200;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const actualPort = (server.address() as AddressInfo).port;
  routes = makeRoutes(actualPort);
  door = localDoor(actualPort, actualPort);

  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const refused = checkCaller(request, door);
    if (refused) return problem(403, refused);
    // The path alone decides. A query is not read by any route, so that no secret is ever tempted to stand in a URL.
    const path = (request.url ?? '').split('?')[0];
    const methods = (['GET', 'POST'] as const).filter((method) => Object.hasOwn(routes, `${method} ${path}`));
    if (methods.length === 0) return problem(404, 'no such route');
    const method = methods.find((one) => one === request.method);
    if (!method) return { ...problem(405, 'wrong method'), headers: { allow: methods.join(', ') } };
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const body = method === 'POST' ? await readJson(request) : undefined;
      if (body && !body.ok) return problem(body.status, body.error);
      const route = routes[`${method} ${path}` as keyof Routes];
      if (!route) return problem(404, 'no such route');
      const bearer = /^Bearer ([\w-]{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
      return await route({ body: body?.value, bearer, signal: AbortSignal.any([gone.signal, closing.signal]) });
    } catch {
      // What went wrong is nobody's business outside, and may quote what must not be quoted.
      return problem(500, 'internal error');
    }
  }

  return {
    port: actualPort,
    url: `http://127.0.0.1:${actualPort}`,
    async close() {
      closing.abort();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function problem(status: number, error: string): Answer {
  return { status, json: { error } };
}

function send(response: ServerResponse, { status, headers, json, content }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': content?.type ?? 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    // A caller whose body was not read to the end cannot be understood any further on this connection.
    ...(status >= 400 && { connection: 'close' }),
    ...headers,
  });
  response.end(content?.body ?? (json === undefined ? '' : JSON.stringify(json)));
}
