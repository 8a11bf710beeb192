import { readFile } from 'node:fs/promises';
import type { Rolldown } from 'tsdown';

const described = '?described';

/**
 * A build plugin. The chart carries a `description` on every state and arrow: two of its seven kilobytes, which no app reads at run
 * time. So the entry `.` gets the chart without them, and `./machine`, for people who look into the chart, keeps them. Everything
 * else is one module for both entries.
 */
export function stripDescriptions({ chart, keptFor }: { chart: RegExp; keptFor: RegExp }): Rolldown.Plugin {
  return {
    name: 'strip-descriptions',
    async resolveId(source, importer) {
      if (importer === undefined || !keptFor.test(importer)) return undefined;
      const found = await this.resolve(source, importer, { skipSelf: true });
      // under another id the same file is another module, which `transform` leaves alone
      return found && chart.test(found.id) ? { ...found, id: found.id + described } : undefined;
    },
    async load(id) {
      return id.endsWith(described) ? { code: await readFile(id.slice(0, -described.length), 'utf8'), moduleType: 'ts' } : undefined;
    },
    transform(code, id) {
      return chart.test(id) ? { code: blankDescriptions(code, this.parse(code, { lang: 'ts' })), map: null } : undefined;
    },
  };
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Lines and columns stay where they were, so the source map stays right. */
function blankDescriptions(code: string, program: unknown): string {
  let blanked = code;
  for (const { start, end } of descriptionsIn(program)) {
    const comma = /^\s*,/.exec(code.slice(end))?.[0].length ?? 0;
    const blank = code.slice(start, end + comma).replace(/[^\n]/g, ' ');
    blanked = blanked.slice(0, start) + blank + blanked.slice(end + comma);
  }
  return blanked;
}

/** Every property `description: '…'`, and no other: one with a computed name or value may mean something to the program. */
function descriptionsIn(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  return isDescription(value) ? [value] : Object.values(value).flatMap(descriptionsIn);
}

function isDescription(value: object): value is Node {
  const { type, computed, key, value: text } = value as Record<string, unknown> & { key?: { name?: string }; value?: { value?: unknown } };
  return type === 'Property' && computed === false && key?.name === 'description' && typeof text?.value === 'string';
}
