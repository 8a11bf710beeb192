type Colour = (text: string) => string;

export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan', Colour>>;

/** Colours for a terminal; without them (NO_COLOR, a pipe, a dumb terminal) every text stays as it is. */
export function createPaint(colours: boolean): Paint {
  const colour = (on: number, off: number): Colour => (colours ? (text) => `\u001B[${on}m${text}\u001B[${off}m` : (text) => text);
  return {
    bold: colour(1, 22),
    dim: colour(2, 22),
    red: colour(31, 39),
    green: colour(32, 39),
    yellow: colour(33, 39),
    blue: colour(34, 39),
    magenta: colour(35, 39),
    cyan: colour(36, 39),
  };
}

/** https://no-color.org: any value but the empty one means no. */
export function wantsColours(isTTY: boolean, environment: NodeJS.ProcessEnv): boolean {
  if (environment['NO_COLOR']) return false;
  if (environment['FORCE_COLOR']) return environment['FORCE_COLOR'] !== '0';
  return isTTY && environment['TERM'] !== 'dumb';
}
