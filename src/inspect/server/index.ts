// connection-machine/inspect/server: what `npx connection-machine inspect` runs. For Node.
export { startInspector } from './startInspector.ts';
export { viewerFiles } from './viewerFiles.ts';

export type { Inspector, InspectorOptions } from './startInspector.ts';
export type { ServedFile, ServedFiles } from './viewerFiles.ts';
