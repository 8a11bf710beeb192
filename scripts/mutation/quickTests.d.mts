/** The folders of tests, unless MUTATION_TESTS names others. */
export const allTests: string;
/** Paths from the project's folder, in the order in which they run. */
export function quickTests(): string[];
export function quietEnvironment(): void;
