/** How one client's wire says what every server has to say. The script (who is refused, who is dropped, when) is the server's, not the voice's. */
export interface ServerVoice {
  /** A socket knocks. `welcome` or `refuse` it here, or `link.open()` it and do so when the client has introduced itself. */
  knock(link: ServerLink): void;
  /** The client said something on an open socket. */
  hear?(link: ServerLink, text: string): void;
  /** What the server says by itself, and how often (ms), from the moment the client is accepted, or its socket is open. */
  readonly heartbeat?: { readonly every: number; readonly say: string; readonly fromOpen?: true };
  /** An HTTP request, for clients that make some. */
  answer?(request: { readonly url: URL; readonly refuses: boolean }): { readonly status: number; readonly body: string };
}

/** One socket, as the server sees it. */
export interface ServerLink {
  readonly url: URL;
  /** Are tokens refused just now? */
  readonly refuses: boolean;
  open(): void;
  say(text: string): void;
  /** The voice has accepted the client: from here on it is connected. */
  accepted(): void;
  /** The HTTP upgrade is answered with 401: a browser shows `error`, then `close` with 1006, and tells the page no more. */
  refuseUpgrade(): void;
  close(code: number, reason: string): void;
}
