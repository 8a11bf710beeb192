/** Deeper nobody hides a token by accident. */
const maxDepth = 10;

/**
 * Where in `value` a token stands in clear, as a path (`error.cause.message`); `undefined` when nowhere. Looks at everything that a log,
 * a crash reporter or JSON would: fields that are not enumerable (an Error's message and stack), symbols, Maps and Sets, what `toString`
 * and `toJSON` make.
 */
export function findLeak(value: unknown, isSecret: (text: string) => boolean, path: string): string | undefined {
  const seen = new Set<unknown>();

  const find = (part: unknown, at: string, depth: number): string | undefined => {
    if (typeof part === 'string') return isSecret(part) ? at : undefined;
    if (typeof part === 'symbol') return isSecret(String(part)) ? at : undefined;
    if ((typeof part !== 'object' && typeof part !== 'function') || part === null || seen.has(part) || depth > maxDepth) return undefined;
    seen.add(part);
    for (const [name, field] of fieldsOf(part)) {
      if (isSecret(name)) return `${at} (the name of a field)`;
      const found = find(field, `${at}.${name}`, depth + 1);
      if (found) return found;
    }
    // after the fields, whose paths say more
    if (isSecret(quietly(() => String(part))) || isSecret(quietly(() => JSON.stringify(part)))) return at;
    return undefined;
  };

  return find(value, path, 0);
}

function fieldsOf(part: object): [name: string, field: unknown][] {
  const own = keysOf(part).map((key): [string, unknown] => [String(key), read(part, key)]);
  const inherited = ['message', 'stack', 'cause'].map((key): [string, unknown] => [key, read(part, key)]);
  const items = part instanceof Map || part instanceof Set ? [...part].map((item, index): [string, unknown] => [String(index), item]) : [];
  return [...own, ...inherited, ...items];
}

function keysOf(part: object): PropertyKey[] {
  try {
    return Reflect.ownKeys(part);
  } catch {
    return [];
  }
}

function read(part: object, key: PropertyKey): unknown {
  try {
    return (part as { [key: PropertyKey]: unknown })[key];
  } catch {
    return undefined;
  }
}

function quietly(show: () => string | undefined): string {
  try {
    return show() ?? '';
  } catch {
    return '';
  }
}
