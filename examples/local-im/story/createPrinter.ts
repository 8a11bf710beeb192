import type { ConnectionSnapshot } from 'connection-machine';
import type { Actor, Fact } from '../shared/Fact.ts';
import type { Paint } from './createPaint.ts';
import { formatStatus, statusWidth } from './formatStatus.ts';

export interface Printer {
  heading(title: string, ...details: readonly string[]): void;
  chapter(title: string): void;
  fact(fact: Fact): void;
  step(happened: boolean, title: string, why?: string): void;
  ending(good: boolean, text: string): void;
}

export interface PrinterParts {
  readonly paint: Paint;
  readonly write: (line: string) => void;
  /** The chart's state at the moment of printing; none before there is a connection. */
  readonly status: () => ConnectionSnapshot['status'] | undefined;
  /** ms since the story began */
  readonly elapsed: () => number;
}

const timeWidth = 8;
const actorWidth = 'app server'.length;

/** Prints facts as rows of time, actor, chart state and text. Nothing is printed that was not handed in as a fact or as a checked step. */
export function createPrinter({ paint, write, status, elapsed }: PrinterParts): Printer {
  const colourOf: Readonly<Record<Actor, (text: string) => string>> = {
    user: paint.bold,
    app: paint.cyan,
    'app server': paint.blue,
    'im server': paint.magenta,
    brain: paint.bold,
  };
  const time = () => paint.dim((elapsed() / 1000).toFixed(3).padStart(timeWidth));
  const row = (text: string, actor = '', state = ' '.repeat(statusWidth)) => write(`${time()}  ${actor}  ${state}  ${text}`.trimEnd());
  const indent = ' '.repeat(timeWidth + 2 + actorWidth + 2 + statusWidth);
  let chapters = 0;

  return {
    heading(title, ...details) {
      write('');
      write(`  ${paint.bold(title)}`);
      for (const detail of details) write(`  ${paint.dim(detail)}`);
    },
    chapter(title) {
      chapters += 1;
      write('');
      write(`  ${paint.bold(`${chapters}  ${title}`)}`);
      write(paint.dim(`${'seconds'.padStart(timeWidth)}  ${'who'.padEnd(actorWidth)}  ${'state'.padEnd(statusWidth)}  what happened`));
    },
    fact({ actor, text, snapshot }) {
      const now = snapshot?.status ?? status();
      row(
        text.replaceAll('TOKEN_INCORRECT', paint.red('TOKEN_INCORRECT')),
        colourOf[actor](actor.padEnd(actorWidth)),
        now && formatStatus(now, paint),
      );
    },
    step(happened, title, why) {
      write(`${indent}${happened ? paint.green('✓') : paint.red('✗')} ${paint.bold(title)}`);
      if (why) write(`${indent}  ${paint.red(why)}`);
    },
    ending(good, text) {
      write('');
      write(`  ${good ? paint.green('✓') : paint.red('✗')} ${paint.bold(text)}`);
    },
  };
}
