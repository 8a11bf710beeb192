// connection-machine/inspect: see the brain think. For development, and for bug reports; an app that does not import it does not have it.
export { inspectConnection } from './inspectConnection.ts';
export { broadcastSink } from './sinks/broadcastSink.ts';
export { bufferSink } from './sinks/bufferSink.ts';
export { windowSink } from './sinks/windowSink.ts';
export { inspectVersion } from './InspectMessage.ts';
export { sendableEvents } from './sendableEvents.ts';

export type { ChartArrow, ChartState, InspectedChart } from './chart/InspectedChart.ts';
export type { Allowed } from './discloser.ts';
export type {
  InspectedActor,
  InspectedEnd,
  InspectedEvent,
  InspectedState,
  InspectedStep,
  InspectedTimer,
  InspectedTransition,
  InspectMessage,
  Plain,
  SendableEvent,
  ViewerMessage,
} from './InspectMessage.ts';
export type { Inspectable, InspectOptions } from './inspectConnection.ts';
export type { InspectSink, OpenSink } from './InspectSink.ts';
export type { WindowLike } from './sinks/windowSink.ts';
