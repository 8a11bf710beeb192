import { inspect } from 'node:util';

/** Every way in which an SDK or an app may carry a token in what it throws or reports. */
export const carriers: Record<string, (token: string) => unknown> = {
  text: (token) => token,
  sentence: (token) => `the token ${token} is bad`,
  url: (token) => `wss://im.example/?token=${encodeURIComponent(wellFormed(token))}&v=1`,
  'url of a form': (token) => `https://app.example/?${new URLSearchParams({ token }).toString()}`,
  json: (token) => JSON.stringify({ token }),
  object: (token) => ({ token }),
  'nested object': (token) => ({ request: { headers: [{ authorization: `Bearer ${token}` }] } }),
  'object key': (token) => ({ [token]: 1 }),
  circular: (token) => {
    const circle: Record<string, unknown> = { token };
    circle['self'] = circle;
    return circle;
  },
  error: (token) => new Error(`bad token ${token}`),
  'error with a cause': (token) => new Error('failed', { cause: new Error(token) }),
  'error with fields': (token) => Object.assign(new Error('failed'), { config: { data: JSON.stringify({ token }) } }),
  'error in a field': (token) => ({ reason: new Error(token) }),
  'error that hides itself from JSON': (token) => Object.assign(new Error(token), { toJSON: () => ({}) }),
  'aggregate error': (token) => new AggregateError([new Error(token)], 'failed'),
  map: (token) => new Map([['token', token]]),
  set: (token) => new Set([token]),
  'search params': (token) => new URLSearchParams({ token }),
  symbol: (token) => Symbol(token),
  'field with a symbol for its name': (token) => ({ [Symbol('token')]: token }),
  'field that is not enumerable': (token) => Object.defineProperty({}, 'token', { value: token, enumerable: false }),
  'object that hides itself from JSON': (token) => ({ token, toJSON: () => ({}) }),
  'function with a field': (token) => Object.assign(() => undefined, { token }),
  promise: (token) => Promise.resolve(token),
  failure: (token) => ({ kind: 'network', code: token, message: token, cause: { token } }),
  'failure caused by a failure': (token) => ({ kind: 'server', cause: { kind: 'network', message: token } }),
};

/** Half a character has no place in a URL. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** All that can be seen of a value: as text, as JSON and as Node prints it, hidden fields and all. */
export function everythingSeen(value: unknown, depth = 10): string {
  const tries = [
    () => String(value),
    () => JSON.stringify(value),
    () => inspect(value, { depth, showHidden: true, maxArrayLength: null, maxStringLength: null, breakLength: Infinity }),
  ];
  return tries
    .map((show) => {
      try {
        return show();
      } catch {
        return '';
      }
    })
    .join('\n');
}
