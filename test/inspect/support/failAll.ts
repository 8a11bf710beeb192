import type { Failure, FailureKind } from 'connection-machine';
import type { World } from '../../support/world.ts';

/** The token in every field of a failure, and in place of one. */
function failuresWith(kind: FailureKind, carried: unknown): unknown[] {
  return [
    { kind, code: carried, message: carried, cause: carried },
    { kind, code: String(carried), message: `as told: ${String(carried)}` },
    carried,
  ];
}

/** A transport puts a token into all that it can say, in one way of carrying it, and somebody connects again after each. */
export async function failAll({ connection, transport, clock }: World, kind: FailureKind, carried: unknown): Promise<void> {
  for (const said of failuresWith(kind, carried)) {
    const report = transport.links.at(-1)?.report;
    report?.error(said as Failure);
    report?.interrupted(said as Failure);
    transport.links.at(-1)?.report.success({ userId: carried as string });
    connection.connect();
    await clock.advance(1_000);
  }
}
