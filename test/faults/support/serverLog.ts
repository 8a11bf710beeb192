/** What the IM server has in its log, over all of its lives. */
export interface ServerLog {
  /** A message has been received, in this life of the server. */
  write(life: number, text: string): void;
  has(text: string): boolean;
  /** Received more than once within one life, in which the server promises to recognise a message that is sent again. */
  readonly repeated: readonly string[];
  readonly size: number;
}

export function createServerLog(): ServerLog {
  const texts = new Set<string>();
  const lines = new Set<string>();
  const repeated: string[] = [];
  return {
    write(life, text) {
      const line = `${life} ${text}`;
      if (lines.has(line)) repeated.push(text);
      lines.add(line);
      texts.add(text);
    },
    has: (text) => texts.has(text),
    repeated,
    get size() {
      return texts.size;
    },
  };
}
