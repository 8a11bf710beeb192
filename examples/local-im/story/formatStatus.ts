import type { ConnectionSnapshot } from 'connection-machine';
import type { Paint } from './createPaint.ts';

type Status = ConnectionSnapshot['status'];

/** The longest status, so that columns stand still. */
export const statusWidth = 'fetchingToken'.length;

export function formatStatus(status: Status, paint: Paint): string {
  const text = status.padEnd(statusWidth);
  switch (status) {
    case 'connected':
      return paint.green(text);
    case 'kicked':
    case 'failed':
      return paint.red(text);
    case 'prompting':
      return paint.magenta(text);
    case 'idle':
    case 'closing':
      return paint.dim(text);
    default:
      return paint.yellow(text);
  }
}
