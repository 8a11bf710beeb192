/** Values that nobody should pass, and somebody will. By name, so that a counterexample can be read. */
export const garbage = {
  undefined: () => undefined,
  null: () => null,
  number: () => 42,
  NaN: () => NaN,
  text: () => 'a text',
  empty: () => '',
  array: () => [],
  function: () => () => undefined,
  symbol: () => Symbol('a symbol'),
  bigint: () => 10n,
  object: () => ({ kind: 'noSuchKind', code: {}, message: 7, retryAfter: -1, userId: 7, ok: 'no' }),
  error: () => new Error('an error'),
  circular: () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    return circle;
  },
  throwingGetters: () => {
    const thrower = () => {
      throw new Error('a getter threw');
    };
    const names = ['kind', 'code', 'message', 'retryAfter', 'cause', 'userId', 'ok', 'token', 'expiresAt', 'toString', 'then', 'close'];
    return Object.defineProperties({}, Object.fromEntries(names.map((name) => [name, { get: thrower, enumerable: true }])));
  },
  throwingClose: () => ({
    get close(): never {
      throw new Error('a getter threw');
    },
  }),
  throwingVerify: () => ({
    close: () => undefined,
    get verify(): never {
      throw new Error('a getter threw');
    },
  }),
  noPrototype: () => Object.create(null) as object,
  revokedProxy: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
} satisfies Record<string, () => unknown>;

export type GarbageName = keyof typeof garbage;
export const garbageNames = Object.keys(garbage) as GarbageName[];
