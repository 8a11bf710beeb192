/** What was reported or thrown, in a few words for a message. The caller takes tokens out of it. */
export function describeValue(value: unknown): string {
  try {
    if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `'${value}'` : String(value);
    const { kind, code, message } = value as { kind?: unknown; code?: unknown; message?: unknown };
    const fields = Object.entries({ kind, code, message }).filter(([, field]) => field !== undefined);
    const name = value instanceof Error ? value.name : '';
    if (fields.length === 0) return name || JSON.stringify(value).slice(0, 200);
    return `${name && `${name} `}{ ${fields.map(([field, what]) => `${field}: ${String(what)}`).join(', ')} }`;
  } catch {
    return 'something that cannot be read';
  }
}
