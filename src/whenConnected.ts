import { failure } from '../machines/connection/failure.ts';
import type { Connection } from './connection.ts';

/** Resolves when connected; rejects where the connection has come to rest without it, or when told to stop waiting. */
export function whenConnected(connection: Connection, signal?: AbortSignal): Promise<{ userId: string }> {
  return new Promise((resolve, reject) => {
    const end = () => {
      stop();
      signal?.removeEventListener('abort', look);
    };
    const look = () => {
      const { status, userId = '', failure: why } = connection.getSnapshot();
      if (signal?.aborted) {
        // signal.reason does not exist on every React Native, and DOMException not everywhere
        reject(Object.assign(new Error('whenConnected: aborted'), { name: 'AbortError' }));
      } else if (status === 'connected') {
        resolve({ userId });
      } else if (status === 'failed' || status === 'kicked' || status === 'idle') {
        reject(why ?? failure({ kind: 'unknown', code: 'idle', message: 'call connect() first' }));
      } else return;
      end();
    };
    const stop = connection.subscribe(look);
    signal?.addEventListener('abort', look);
    // not at once: a connect() from within a listener is heard when that listener is done
    void Promise.resolve().then(look);
  });
}
