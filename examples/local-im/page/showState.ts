import type { ConnectionSnapshot } from 'connection-machine';
import { byId, make, textOf } from './dom.ts';
import { nameFailure } from '../shared/nameFailure.ts';

type Status = ConnectionSnapshot['status'];

/** All there are, in the order in which a connection usually meets them. */
const statuses: readonly Status[] = [
  'idle',
  'fetchingToken',
  'connecting',
  'connected',
  'recovering',
  'waiting',
  'offline',
  'prompting',
  'kicked',
  'failed',
  'closing',
];

let waitingSince = 0;
let ticking: ReturnType<typeof setInterval> | undefined;

/** Draws the snapshot. All of it comes from the snapshot, also the countdown: `retryAt` is the brain's real timer. */
export function showState(snapshot: ConnectionSnapshot): void {
  const { status, database, attempt, failure, retryAt } = snapshot;
  for (const id of ['chip', 'status']) {
    textOf(id, status);
    byId(id, HTMLElement).dataset['status'] = status;
  }
  byId('map', HTMLElement).replaceChildren(
    ...statuses.map((one) => make('li', { 'data-status': one, ...(one === status && { 'data-here': '' }) }, one)),
  );
  textOf('database', database);
  byId('database', HTMLElement).dataset['database'] = database;
  textOf('attempt', String(attempt));
  textOf('failure', failure ? nameFailure(failure) : 'none');
  clearInterval(ticking);
  waitingSince = Date.now();
  countDown(retryAt);
  if (retryAt !== undefined) ticking = setInterval(() => countDown(retryAt), 100);
}

function countDown(retryAt: number | undefined): void {
  const left = retryAt === undefined ? 0 : Math.max(0, retryAt - Date.now());
  textOf('retry', retryAt === undefined ? '–' : `in ${(left / 1000).toFixed(1)} s`);
  const whole = retryAt === undefined ? 0 : retryAt - waitingSince;
  byId('retry-bar', HTMLProgressElement).value = whole > 0 ? left / whole : 0;
}
