// A plugin of Stryker's: what it does not mutate.

/** @param {{ type: string, key?: { name?: string, value?: string } }} property */
const nameOf = ({ key }) => key?.name ?? key?.value;

/**
 * The chart's `description` of an arrow that does something is read by people only. That of a state is demanded by the chart's lint,
 * and that of an arrow that does nothing is what makes its silence deliberate (law 16): those are mutated like everything else.
 */
const descriptions = {
  shouldIgnore({ node, parent }) {
    if (node.type !== 'ObjectProperty' || nameOf(node) !== 'description') return undefined;
    const isArrowThatActs = parent.properties.some((one) => ['target', 'actions'].includes(nameOf(one)));
    return isArrowThatActs ? 'the description of an arrow is for people: no code reads it' : undefined;
  },
};

export const strykerPlugins = [{ kind: 'Ignore', name: 'descriptions', value: descriptions }];
