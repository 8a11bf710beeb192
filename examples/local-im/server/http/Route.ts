/** A request that has passed the door: from this machine, from our page or no page at all, of bounded size, JSON where it has a body. */
export interface CheckedRequest {
  /** The parsed JSON of a POST; `undefined` for a GET. */
  readonly body: unknown;
  /** What stands behind `Authorization: Bearer`. */
  readonly bearer: string | undefined;
  /** Aborted when the caller has gone or the server closes. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Instead of `json`: a file of the page. */
  readonly content?: { readonly type: string; readonly body: string };
}

export type Route = (request: CheckedRequest) => Answer | Promise<Answer>;

/** `'POST /token'` → its route. What is not in here does not exist. */
export type Routes = Readonly<Record<`${'GET' | 'POST'} /${string}`, Route>>;

/** Reads one field of a body that may be anything. */
export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}
