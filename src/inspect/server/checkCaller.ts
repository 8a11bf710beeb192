import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may come in. */
export interface Door {
  readonly port: number;
  readonly key: string;
  /** Origins of apps besides those of this machine. */
  readonly allowOrigins: readonly string[];
}

/**
 * An origin as browsers send it: `https://staging.example.com`, `http://192.168.1.7:8081`, `capacitor://localhost`. Nothing behind it, no
 * usual port, no capital letters; `null` is everybody's.
 */
export function isOrigin(text: unknown): text is string {
  if (typeof text !== 'string' || !/^[a-z][a-z\d+.-]*:\/\/[^\s/?#@]+$/.test(text)) return false;
  try {
    const { origin } = new URL(text);
    // of schemes that are not the web's, URL knows no origin
    return origin === text || (origin === 'null' && text === text.toLowerCase());
  } catch {
    return false;
  }
}

/** This machine's names, as browsers write them. */
const names = ['127.0.0.1', 'localhost', '[::1]'];

/** A foreign page that makes its own name point to 127.0.0.1 (DNS rebinding) still sends that name as `Host`. */
export const isOurHost = ({ headers }: IncomingMessage, { port }: Door): boolean =>
  [`127.0.0.1:${port}`, `localhost:${port}`].includes(headers.host ?? '');

/** A viewer is our own page: no other page may read what it reads. */
export const isViewersOrigin = ({ headers }: IncomingMessage, { port }: Door): boolean =>
  [`http://127.0.0.1:${port}`, `http://localhost:${port}`].includes(headers.origin ?? '');

/** An app is a page of this machine, one that was named, or no page at all (Node, React Native). */
export function isAppsOrigin({ headers: { origin } }: IncomingMessage, { allowOrigins }: Door): boolean {
  if (origin === undefined || allowOrigins.includes(origin)) return true;
  try {
    const { protocol, hostname } = new URL(origin);
    return /^https?:$/.test(protocol) && names.includes(hostname);
  } catch {
    return false;
  }
}

/** Compared in constant time, so that a key cannot be guessed letter by letter. */
export function isRightKey(given: string | null, { key }: Door): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(key));
}
