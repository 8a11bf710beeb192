// connection-machine/platform/browser
export { browserSignals } from './browserSignals.ts';
export type { PlatformReport, PlatformSignals } from './PlatformSignals.ts';
