import { failure } from '../../machines/connection/failure.ts';
import type { DatabaseEvent, LinkEvent } from '../../machines/connection/events.ts';
import type { Redactor } from '../token/redactor.ts';
import type { TransportReport } from './Transport.ts';

type Capabilities = { canVerify: boolean; canRenew: boolean };
type Send = (event: LinkEvent | DatabaseEvent) => void;

/**
 * The report that a transport is given. A transport may call it with anything, too early (inside `open`), twice, or after the
 * end: early reports are kept until the link is there, a success counts once until an interruption, and the first error is the last word.
 */
export function createReport(send: Send, redactor: Redactor) {
  let early: (() => void)[] | undefined = [];
  let can: Capabilities = { canVerify: false, canRenew: false };
  /** Who is in. The same success twice is one. */
  let insider: string | undefined;
  let isOver = false;

  const over = (reason: unknown) => {
    isOver = true;
    send({ type: 'link.failed', failure: redactor.failure(reason) });
  };

  const when = (tell: () => void) => {
    const tellOnce = () => {
      if (isOver) return;
      try {
        tell();
      } catch (problem) {
        // what was reported could not even be read
        over(problem);
      }
    };
    if (early) early.push(tellOnce);
    else tellOnce();
  };

  const report: TransportReport = {
    dbOpened: (status) =>
      when(() => {
        const { ok = true, code } = (status ?? {}) as { ok?: unknown; code?: unknown };
        send({ type: ok ? 'database.opened' : 'database.failed', code: typeof code === 'number' ? code : undefined });
      }),
    success: (user) =>
      when(() => {
        const { userId } = user;
        if (typeof userId !== 'string' || userId === '') throw failure({ kind: 'unknown', message: 'success without a userId' });
        if (insider === userId) return;
        insider = userId;
        send({ type: 'link.succeeded', userId, ...can });
      }),
    interrupted: (reason) =>
      when(() => {
        insider = undefined;
        send({ type: 'link.interrupted', failure: reason === undefined ? undefined : redactor.failure(reason) });
      }),
    error: (reason) => when(() => over(reason)),
  };

  /** The link is there: what was reported before is told, in order. */
  const flush = (capabilities: Capabilities) => {
    can = capabilities;
    const waiting = early ?? [];
    early = undefined;
    for (const tell of waiting) tell();
  };

  return { report, flush };
}
