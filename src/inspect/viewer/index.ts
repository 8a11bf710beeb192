// connection-machine/inspect/viewer: the inspector's page, for an element of yours. For browsers.
export { mountViewer } from './mountViewer.ts';

export type { Layouter } from '../drawing/layOut.ts';
export type { LoadElk } from './drawings.ts';
export type { Viewer, ViewerOptions } from './mountViewer.ts';
