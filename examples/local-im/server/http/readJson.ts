import type { IncomingMessage } from 'node:http';

const maxBodyBytes = 4_096;

export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly error: string };

/** Reads a small JSON body. Only `application/json` is taken, which a foreign page cannot send without asking first (CORS). */
export async function readJson(request: IncomingMessage): Promise<JsonBody> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return { ok: false, status: 415, error: 'application/json only' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Not destroyed on the early return: the caller shall still be able to read why.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return { ok: false, status: 413, error: `a body may have ${maxBodyBytes} bytes` };
    chunks.push(chunk);
  }
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { ok: false, status: 400, error: 'not JSON' };
  }
}
