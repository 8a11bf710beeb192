import { statesOf } from '../src/inspect/chart/readChart.ts';
import type { ChartArrow, ChartState } from '../src/inspect/chart/InspectedChart.ts';

/** docs/statechart.md: every state with what it is for, every arrow with why it is there, and the same as Mermaid. */
export function describeChart(description: string, regions: readonly ChartState[]): string {
  return `<!-- Written by \`npm run docs:chart\` from machines/connection/connectionMachine.ts. Change the chart, not this page. -->

# The statechart

${description} ${regions.length} regions run side by side: ${regions.map(({ key }) => `[${key}](#${key})`).join(', ')}.

${pictureOf('connection', 'The region session')}

An arrow reads \`event [guard]\`; \`after …\` is a timer of that name, \`done …\` and \`error …\` are the end of a service; without an event it is
taken at once. A state with ◇ is a crossroad: it is left in the step in which it is entered, and nobody outside ever sees it.
Where many states share the same way out, it is written into them (\`event → state\`) instead of being drawn.

${pictureOf('regions', 'The regions renewal, database, network and person')}
${regions.map(describeRegion).join('\n')}
## As Mermaid

${regions.map((region) => `<details><summary>${region.key}</summary>\n\n\`\`\`mermaid\n${mermaidOf(region)}\n\`\`\`\n\n</details>`).join('\n')}
`;
}

const pictureOf = (name: string, alt: string) => `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="chart/${name}-dark.svg">
  <img alt="${alt}" src="chart/${name}-light.svg">
</picture>`;

function describeRegion(region: ChartState): string {
  const [, ...states] = statesOf(region);
  const nameIn = (path: string) => path.slice(region.path.length + 1);
  const rowsOf = (state: ChartState) => {
    const from = state === region ? '*any*' : `\`${nameIn(state.path)}\``;
    return state.arrows.map((arrow) =>
      row([
        from,
        code(arrow.event) || '*at once*',
        code(arrow.guard),
        goalOf(arrow, nameIn),
        arrow.actions.map(code).join(', '),
        arrow.description,
      ]),
    );
  };
  return `
## ${region.key}

${region.description}

| state | what it is for |
| --- | --- |
${states.map((state) => row([`${state.isCrossroad ? '◇ ' : ''}\`${nameIn(state.path)}\``, state.description])).join('\n')}

| in | when | if | go to | do | why |
| --- | --- | --- | --- | --- | --- |
${[region, ...states].flatMap(rowsOf).join('\n')}
`;
}

function goalOf({ from, to, actions }: ChartArrow, nameIn: (path: string) => string): string {
  if (to === undefined) return actions.length > 0 ? '*stay*' : '*ignored*';
  return to === from ? `\`${nameIn(to)}\` (again)` : `\`${nameIn(to)}\``;
}

const code = (text: string) => (text === '' ? '' : `\`${text}\``);

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function mermaidOf(region: ChartState): string {
  const idOf = (path: string) => path.replaceAll('.', '_');
  const lines = ['stateDiagram-v2'];
  const write = (state: ChartState, indent: string) => {
    for (const child of state.states) {
      if (child.isInitial) lines.push(`${indent}[*] --> ${idOf(child.path)}`);
      lines.push(`${indent}state "${child.key}" as ${idOf(child.path)}${child.states.length > 0 ? ' {' : ''}`);
      if (child.states.length === 0) continue;
      write(child, `${indent}  `);
      lines.push(`${indent}}`);
    }
  };
  write(region, '  ');
  for (const { path, arrows } of statesOf(region)) {
    for (const { to, event, guard } of arrows) {
      if (to === undefined || path === region.path) continue;
      const label = `${event}${guard && ` [${guard}]`}`.trim();
      lines.push(`  ${idOf(path)} --> ${idOf(to)}${label && ` : ${label}`}`);
    }
  }
  for (const { to, event, guard } of region.arrows) {
    if (to !== undefined) lines.push(`  note right of ${idOf(to)} : from any state, ${event}${guard && ` [${guard}]`}`);
  }
  return lines.join('\n');
}
