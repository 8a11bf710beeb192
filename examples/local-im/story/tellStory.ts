import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Servers } from '../server/startServers.ts';
import { blockedUser } from './chapters/blockedUser.ts';
import { firstConnect } from './chapters/firstConnect.ts';
import { genericError } from './chapters/genericError.ts';
import { kickedOut } from './chapters/kickedOut.ts';
import { secretRefreshed } from './chapters/secretRefreshed.ts';
import { signOut } from './chapters/signOut.ts';
import { timeoutPrompt } from './chapters/timeoutPrompt.ts';
import { createFactLog } from './createFactLog.ts';
import { createPaint } from './createPaint.ts';
import { createPrinter } from './createPrinter.ts';
import { createStage, type OwnedStage } from './createStage.ts';
import { DidNotHappen, type Chapter } from './Stage.ts';
import type { Vendor } from './Vendor.ts';
import { plain } from './vendors/plain.ts';

export interface StoryOptions {
  readonly servers: Servers;
  /** Whose SDK the devices have. @default none: a WebSocket of our own */
  readonly vendor?: Vendor;
  readonly write: (line: string) => void;
  readonly colours?: boolean;
  /** ms that a step may take before it counts as not happened. @default 10_000 */
  readonly stepLimit?: number;
  /** Breaks the story off. */
  readonly signal?: AbortSignal;
}

const chapters: readonly Chapter[] = [firstConnect, secretRefreshed, timeoutPrompt, kickedOut, blockedUser, genericError, signOut];

/** Shorter than an app would have them, so that nobody has to watch a spinner for long. */
const policy = { timeLimit: 2_000, stableAfter: 300, backoffMin: 400, backoffMax: 2_000 };

/**
 * Tells the FAQ's story over real sockets. Every row is a fact that a server or the connection reported; a step is ticked when its
 * fact was seen. Resolves to whether every step happened.
 */
export async function tellStory({
  servers,
  vendor = plain,
  write,
  colours = false,
  stepLimit = 10_000,
  signal,
}: StoryOptions): Promise<boolean> {
  const began = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'local-im-'));
  let stage: OwnedStage | undefined;
  let stopListening: (() => void) | undefined;
  let steps = 0;
  const printer = createPrinter({
    paint: createPaint(colours),
    write,
    status: () => stage?.chat.connection.getSnapshot().status,
    elapsed: () => performance.now() - began,
  });
  const log = createFactLog(printer.fact, signal);
  try {
    printer.heading(
      'The story of one token',
      ...vendor.describe(servers),
      `limits for this story: ${Object.entries(policy)
        .map(([name, ms]) => `${name} ${ms} ms`)
        .join(', ')}`,
    );
    stopListening = servers.onFact(log.tell);
    stage = await createStage({
      vendor,
      servers,
      log,
      printer: { ...printer, step: (...step) => (steps++, printer.step(...step)) },
      folder,
      policy,
      stepLimit,
    });
    for (const chapter of chapters) {
      printer.chapter(chapter.title);
      await chapter.play(stage);
    }
    printer.ending(true, `${steps} steps happened, each of them observed.`);
    return true;
  } catch (error) {
    printer.ending(
      false,
      error instanceof DidNotHappen ? `The story ends here: “${error.message}” did not happen.` : `The story broke off: ${String(error)}`,
    );
    return false;
  } finally {
    await stage?.clear();
    stopListening?.();
    servers.faults.apply({ do: 'reset' });
    await rm(folder, { recursive: true, force: true });
  }
}
