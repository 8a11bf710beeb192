/** As much as is needed of https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema */
export interface MutationReport {
  readonly files: Readonly<Record<string, MutatedFile>>;
}

interface MutatedFile {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

interface Mutant {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'RuntimeError' | 'CompileError' | 'Pending';
  /** Does it run on import? */
  readonly static?: boolean;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A mutant that no test has noticed. */
export interface Survivor {
  readonly file: string;
  /** The number of the line, for people; it moves. */
  readonly at: number;
  /** The whole line as it was, trimmed: what a reason is kept by. */
  readonly line: string;
  readonly was: string;
  readonly becomes: string;
}

export function scoreOf(mutants: readonly Mutant[]) {
  const count = (...statuses: Mutant['status'][]) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const [killed, timedOut, ignored] = [count('Killed'), count('Timeout'), count('Ignored')];
  // what could not be judged is not counted as killed
  const survived = mutants.length - killed - timedOut - ignored;
  return { killed, timedOut, survived, ignored, score: (100 * (killed + timedOut)) / (mutants.length - ignored) };
}

export function survivorsIn(file: string, { source, mutants }: MutatedFile): Survivor[] {
  const lines = source.split('\n');
  return mutants
    .filter(({ status }) => !['Killed', 'Timeout', 'Ignored'].includes(status))
    .map(({ location: { start, end }, replacement = '' }) => ({
      file,
      at: start.line,
      line: lines[start.line - 1]?.trim() ?? '',
      was: oneLine(textBetween(lines, start, end)),
      becomes: oneLine(replacement),
    }))
    .sort((a, b) => a.at - b.at);
}

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  const wanted = lines.slice(start.line - 1, end.line);
  wanted.push((wanted.pop() ?? '').slice(0, end.column - 1));
  return [(wanted.shift() ?? '').slice(start.column - 1), ...wanted].join('\n');
}

/** On one line, and no longer than a table can bear. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}
