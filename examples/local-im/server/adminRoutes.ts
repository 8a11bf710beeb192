import type { FaultCommand, FaultState } from '../shared/faults.ts';
import { parseFaultCommand } from '../shared/faults.ts';
import type { Accounts } from './createAccounts.ts';
import type { Answer, CheckedRequest, Routes } from './http/Route.ts';
import { isSameSecret } from './isSameSecret.ts';

export interface AdminParts {
  /** Printed at start, asked for at every call. */
  readonly key: string;
  readonly faults: () => FaultState;
  readonly apply: (command: FaultCommand) => void;
  readonly passwords: Accounts['passwords'];
}

/** The fault switches over HTTP, for the page. Without the key every route answers 403, whatever else it was sent. */
export function adminRoutes({ key, faults, apply, passwords }: AdminParts): Routes {
  const withKey =
    (route: (request: CheckedRequest) => Answer) =>
    (request: CheckedRequest): Answer =>
      isSameSecret(request.bearer ?? '', key) ? route(request) : { status: 403, json: { error: 'the key is missing or wrong' } };
  return {
    'GET /admin/faults': withKey(() => ({ status: 200, json: faults() })),
    'POST /admin/faults': withKey(({ body }) => {
      const command = parseFaultCommand(body);
      if (!command) return { status: 400, json: { error: 'unknown switch' } };
      apply(command);
      return { status: 200, json: faults() };
    }),
    // The demo's page signs its visitors in by itself; only who holds the key may have it do so.
    'GET /admin/passwords': withKey(() => ({ status: 200, json: passwords })),
  };
}
