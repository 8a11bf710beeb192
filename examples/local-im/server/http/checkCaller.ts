import type { IncomingMessage } from 'node:http';

/** Which names this server goes by, and which pages may talk to it. */
export interface Door {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

/** The two names of this machine. The socket itself is bound to 127.0.0.1 and cannot be reached from outside. */
export function localDoor(ownPort: number, pagePort: number): Door {
  return {
    hosts: new Set([`127.0.0.1:${ownPort}`, `localhost:${ownPort}`]),
    origins: new Set([`http://127.0.0.1:${pagePort}`, `http://localhost:${pagePort}`]),
  };
}

/**
 * Says why a caller stays outside; `undefined` lets it in. The Host check stops DNS rebinding: a foreign page that makes its own
 * name point to 127.0.0.1 still sends that name. The Origin check stops foreign pages that call this address directly. No Origin
 * means no browser (or a plain GET from our own page), and such a caller has to show its session or key like everybody else.
 */
export function checkCaller(request: IncomingMessage, door: Door): string | undefined {
  if (!door.hosts.has(request.headers.host ?? '')) return 'unknown host';
  const { origin } = request.headers;
  if (origin !== undefined && !door.origins.has(origin)) return 'unknown origin';
  return undefined;
}
