import type { InspectedState, Plain } from '../InspectMessage.ts';

/** `14:03:22.123`, in the viewer's time zone. */
export function timeOf(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** A remembered value, shortly: tokens by number, failures by kind and code. */
export function valueOf(value: Plain | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'number' && value > 1e12) return timeOf(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one: Plain) => valueOf(one)).join(', ');
  const { secret, expiresAt, kind, code } = value as { readonly [name: string]: Plain };
  if (secret !== undefined) return `token #${valueOf(secret)}${expiresAt === undefined ? '' : ` until ${valueOf(expiresAt)}`}`;
  if (typeof kind === 'string') return [kind, ...(code === undefined ? [] : [valueOf(code)])].join(' ');
  return JSON.stringify(value);
}

/** The status that `getSnapshot()` has in this state; for a machine that is not ours, its innermost states. */
export function statusOf(isOurs: boolean, { active }: InspectedState): string {
  const rests = active.filter((path) => !active.some((other) => other.startsWith(`${path}.`)));
  if (!isOurs) return rests.join(', ');
  const session = rests.find((path) => path.startsWith('session.'))?.slice('session.'.length) ?? '';
  if (session === 'waiting.offline') return 'offline';
  if (session.startsWith('waiting')) return 'waiting';
  return session.replace(/^link\./, '').split('.', 1)[0] ?? '';
}
