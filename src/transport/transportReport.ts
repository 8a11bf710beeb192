import { failure } from '../../machines/connection/failure.ts';
import type { DatabaseEvent, LinkEvent } from '../../machines/connection/events.ts';
import type { Redactor } from '../token/redactor.ts';
import type { SafeLogger } from '../logger.ts';
import type { TransportReport } from './Transport.ts';

type Capabilities = { canVerify: boolean; canRenew: boolean };
type Send = (event: LinkEvent | DatabaseEvent) => void;

/**
 * The report that a transport is given. A transport may call it with anything, too early (inside `open`), twice, or after the
 * end: early reports are kept until the link is there, a success counts once until an interruption, and the first error is the last word.
 */
export function createReport(send: Send, redactor: Redactor, logger: SafeLogger) {
  let early: ((can: Capabilities) => void)[] | undefined = [];
  let can: Capabilities = { canVerify: false, canRenew: false };
  let isIn = false;
  let isOver = false;

  const when = (tell: () => void) => {
    const tellOnce = () => isOver || tell();
    if (early) early.push(tellOnce);
    else tellOnce();
  };

  const over = (reason: unknown) => {
    isOver = true;
    send({ type: 'link.failed', failure: redactor.failure(reason) });
  };

  const report: TransportReport = {
    dbOpened: (status) =>
      when(() => {
        const { ok, code } = readDatabaseStatus(status);
        send({ type: ok ? 'database.opened' : 'database.failed', code });
      }),
    success: (user) =>
      when(() => {
        const userId = readUserId(user);
        if (userId === undefined) return over(failure({ kind: 'unknown', message: 'the transport reported success without a userId' }));
        if (isIn) return logger.debug('a success was reported twice');
        isIn = true;
        return send({ type: 'link.succeeded', userId, ...can });
      }),
    interrupted: (reason) =>
      when(() => {
        isIn = false;
        send({ type: 'link.interrupted', failure: reason === undefined ? undefined : redactor.failure(reason) });
      }),
    error: (reason) => when(() => over(reason)),
  };

  /** The link is there: what was reported before is told, in order. */
  const flush = (capabilities: Capabilities) => {
    can = capabilities;
    const waiting = early ?? [];
    early = undefined;
    for (const tell of waiting) tell(can);
  };

  return { report, flush };
}

function readUserId(user: unknown): string | undefined {
  try {
    const { userId } = user as { userId?: unknown };
    return typeof userId === 'string' && userId !== '' ? userId : undefined;
  } catch {
    return undefined;
  }
}

function readDatabaseStatus(status: unknown): { ok: boolean; code: number | undefined } {
  try {
    const { ok, code } = (status ?? {}) as { ok?: unknown; code?: unknown };
    return { ok: ok !== false, code: typeof code === 'number' ? code : undefined };
  } catch {
    return { ok: false, code: undefined };
  }
}
