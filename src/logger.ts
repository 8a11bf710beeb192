import type { Redactor } from './token/redactor.ts';

/** Where the brain says what surprised it. `console` fits. Tokens are taken out before anything is passed on. */
export interface ConnectionLogger {
  debug?(message: string, detail?: unknown): void;
  warn?(message: string, detail?: unknown): void;
  error?(message: string, detail?: unknown): void;
}

/** The logger as the library's own code uses it: always complete, never throws, never prints a token. */
export type SafeLogger = Required<ConnectionLogger>;

/** Without a logger, surprises go to the console: a callback that threw must not be lost. */
export function createLogger(logger: ConnectionLogger | undefined, redactor: Redactor): SafeLogger {
  const target: ConnectionLogger = logger ?? { warn: (...line) => console.warn(...line), error: (...line) => console.error(...line) };
  const at = (level: keyof ConnectionLogger) => (message: string, detail?: unknown) => {
    try {
      const line = `connection-machine: ${redactor.text(message)}`;
      const said: unknown = detail === undefined ? target[level]?.(line) : target[level]?.(line, redactor.detail(detail));
      (said as Partial<Promise<unknown>> | undefined)?.catch?.(() => undefined);
    } catch {
      // a logger that throws has nobody left to tell
    }
  };
  return { debug: at('debug'), warn: at('warn'), error: at('error') };
}
