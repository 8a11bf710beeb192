import type { CloseCode } from './closeCodes.ts';

export interface CloseCodeReason {
  /** Why the brain judges the code as it does. */
  readonly reason: string;
  /** Who defines the code. */
  readonly source: string;
}

const rfc = 'RFC 6455 §7.4.1';
const iana = 'IANA WebSocket Close Code Number Registry';
const own = 'connection-machine: 4000 + the HTTP status of that meaning (4000–4999 is private use, RFC 6455 §7.4.2)';

/**
 * The documented half of `closeCodes`, for docs and tests; the type keeps the two complete: a code in one and not in the other does
 * not compile. Nothing that ships imports this file, so its prose is in no bundle.
 */
export const closeCodeReasons: Readonly<Record<CloseCode, CloseCodeReason>> = {
  1000: {
    source: rfc,
    reason:
      'The server hung up on purpose and named no cause. Nothing speaks against coming back, nothing speaks for the network: counted, like every unexplained end.',
  },
  1001: { source: rfc, reason: 'A server going down or a page being left. Behind the load balancer another server answers.' },
  1002: {
    source: rfc,
    reason:
      'One side broke the protocol. Mostly a proxy that mangles frames, which another attempt may avoid; a real bug shows as a growing count.',
  },
  1003: { source: rfc, reason: 'The server cannot take the type of data that the app sent. The message was wrong, not the connection.' },
  1004: { source: rfc, reason: 'Reserved and without a meaning: whoever sends it says nothing.' },
  1005: { source: rfc, reason: 'Set by the client itself when the close frame had no code. Proxies end idle connections like this.' },
  1006: {
    source: rfc,
    reason: 'Set by the client itself when the connection broke without a close frame, or never came about. The everyday loss of network.',
  },
  1007: {
    source: rfc,
    reason: 'The payload did not fit its type, such as text that is not UTF-8. The message was wrong, not the connection.',
  },
  1008: {
    source: rfc,
    reason:
      'The catch-all for "against our rules". Some servers mean the token, some the rate, some the content: too vague to drop a token or to give up.',
  },
  1009: { source: rfc, reason: 'The app sent a message that is too big. A new connection works until it does so again.' },
  1010: {
    source: rfc,
    reason: 'Client and server do not agree on an extension that one of them cannot do without. The next attempt would offer the same.',
  },
  1011: {
    source: rfc,
    reason:
      'The server met an unexpected condition and dropped this connection. The next one may end at another server, so it is treated like a lost connection.',
  },
  1012: { source: iana, reason: 'The service restarts. It comes back; all of its clients come back too, hence the backoff.' },
  1013: { source: iana, reason: 'The server is overloaded and asks for another attempt later.' },
  1014: {
    source: iana,
    reason: 'A gateway on the way got no valid answer from the server behind it. The path is at fault, not this client.',
  },
  1015: {
    source: rfc,
    reason:
      'Set by the client itself when TLS failed. Captive portals and wrong device clocks do that, and both pass. Most browsers say 1006 instead.',
  },
  3000: {
    source: iana,
    reason: 'Registered as "Unauthorized": the endpoint needs a valid token. The same as 4401, from servers that prefer registered codes.',
  },
  3003: {
    source: iana,
    reason: 'Registered as "Forbidden": the token is fine, the user may not come in. The same as 4403; a new token would not help.',
  },
  3008: { source: iana, reason: 'Registered as "Timeout": the server waited too long for this client, typically for the connect frame.' },
  4400: { source: own, reason: 'The server does not understand this client. The next attempt would say the same.' },
  4401: { source: own, reason: 'The token is refused, be it wrong, expired or from an older secret. Only a new one helps.' },
  4403: { source: own, reason: 'The user is blocked. Neither a new token nor another attempt helps.' },
  4404: { source: own, reason: 'There is no such app or endpoint here: the url is wrong.' },
  4408: { source: own, reason: 'The server waited too long for this client, typically for the connect frame.' },
  4409: { source: own, reason: 'The same user has connected from another device. Coming back by itself would make the two fight.' },
  4410: { source: own, reason: 'This endpoint, or this version of the protocol, was switched off. The app has to be updated.' },
  4429: { source: own, reason: 'Too many attempts or messages. Coming back at once would make it worse.' },
  4500: { source: own, reason: 'The server failed and says so on purpose, unlike 1011: it needs time.' },
  4503: { source: own, reason: 'The server is in maintenance or has no room.' },
};
