import { failure } from '../machines/connection/failure.ts';
import type { Connection } from './connection.ts';

/** Resolves when connected; rejects where the connection has come to rest without it, or when told to stop waiting. */
export function whenConnected(connection: Connection, signal?: AbortSignal): Promise<{ userId: string }> {
  return new Promise((resolve, reject) => {
    const end = () => {
      stop();
      signal?.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      end();
      reject(abortError());
    };
    const look = () => {
      const { status, userId = '', failure: why } = connection.getSnapshot();
      if (status === 'connected') {
        end();
        resolve({ userId });
      } else if (status === 'failed' || status === 'kicked' || status === 'idle') {
        end();
        reject(why ?? failure({ kind: 'unknown', code: 'idle', message: 'not connected, and not connecting: call connect() first' }));
      }
    };
    const stop = connection.subscribe(look);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort);
    look();
  });
}

/** `signal.reason` does not exist on every React Native, and DOMException not everywhere. */
function abortError(): Error {
  const error = new Error('whenConnected: aborted');
  error.name = 'AbortError';
  return error;
}
