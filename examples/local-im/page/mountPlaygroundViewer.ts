import { broadcastSink } from 'connection-machine/inspect';
import { mountViewer } from 'connection-machine/inspect/viewer';

/** The library's own viewer, fed by every tab of this page. */
export const mountPlaygroundViewer = (host: HTMLElement): { close(): void } => mountViewer(host, { source: broadcastSink() });
