import { failure, type FetchToken } from 'connection-machine';

/** What the app's own login answers. The session is for the App Server only; the IM server is shown tokens. */
export interface Login {
  readonly userId: string;
  readonly session: string;
  /** Where the IM server is. */
  readonly imUrl: string;
  /** The same for RongCloud's SDK. */
  readonly rongCloud: { readonly appKey: string; readonly naviUrl: string };
}

export async function logIn(appUrl: string, user: string, password: string): Promise<Login> {
  const response = await post(`${appUrl}/login`, { user, password });
  const { session, userId, imUrl, rongCloud } = await readObject(response);
  const { appKey, naviUrl } = asObject(rongCloud);
  if (!response.ok || !isText(session) || !isText(userId) || !isText(imUrl) || !isText(appKey) || !isText(naviUrl)) {
    throw new Error(`The App Server did not log ${user} in (HTTP ${response.status})`);
  }
  return { session, userId, imUrl, rongCloud: { appKey, naviUrl } };
}

export async function logOut(appUrl: string, { session }: Login): Promise<void> {
  await post(`${appUrl}/logout`, {}, { session });
}

/**
 * The `fetchToken` that the library asks for: requests a token from the App Server, and says in the library's words what went
 * wrong. What is thrown by `fetch` itself (no network, aborted) goes through as it is: the library judges it.
 */
export function fetchTokenFrom(appUrl: string, { session }: Login): FetchToken {
  return async ({ reason, signal }) => {
    let response: Response;
    try {
      response = await post(`${appUrl}/token`, { reason }, { session, signal });
    } catch (error) {
      if (signal.aborted) throw error;
      throw failure({ kind: 'network', message: 'the App Server cannot be reached', cause: error });
    }
    const { status } = response;
    if (status === 401 || status === 403) throw failure({ kind: 'forbidden', code: status, message: 'the login is over' });
    if (status === 429 || status >= 500) {
      const retryAfter = retryAfterOf(response);
      throw failure({ kind: 'server', code: status, ...(retryAfter !== undefined && { retryAfter }) });
    }
    const { token, expiresAt } = await readObject(response);
    if (!response.ok || typeof token !== 'string')
      throw failure({ kind: 'unknown', code: status, message: 'the App Server answered something else' });
    return { token, ...(typeof expiresAt === 'number' && { expiresAt }) };
  };
}

function post(url: string, body: unknown, how: { readonly session?: string; readonly signal?: AbortSignal } = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(how.session !== undefined && { authorization: `Bearer ${how.session}` }) },
    body: JSON.stringify(body),
    cache: 'no-store',
    credentials: 'omit',
    ...(how.signal && { signal: how.signal }),
  });
}

async function readObject(response: Response): Promise<Readonly<Record<string, unknown>>> {
  return asObject(await response.json().catch(() => undefined));
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** `Retry-After` in seconds, as ms. Its other form, a date, is not used here. */
function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
