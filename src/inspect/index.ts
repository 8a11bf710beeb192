// connection-machine/inspect: see the brain think. For development, and for bug reports; an app that does not import it does not have it.
export { inspectConnection } from './inspectConnection.ts';
export { broadcastSink } from './sinks/broadcastSink.ts';
export { bufferSink } from './sinks/bufferSink.ts';
export { consoleSink } from './sinks/consoleSink.ts';
export { webSocketSink } from './sinks/webSocketSink.ts';
export { windowSink } from './sinks/windowSink.ts';
export { inspectVersion } from './InspectMessage.ts';
export { statelySerializer } from './official/statelySerializer.ts';
export { statelySink } from './official/statelySink.ts';
export { xstateInspectSink } from './official/xstateInspectSink.ts';
export { createRecorder } from './record/createRecorder.ts';
export { readReport } from './record/readReport.ts';
export { replay } from './record/replay.ts';
export { ReplayDifference } from './record/ReplayDifference.ts';
export { ReportError } from './record/ReportError.ts';
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
export type { LegacyService } from './official/legacyService.ts';
export type { StatelySerialize } from './official/statelySerializer.ts';
export type { StatelyInspector, StatelyOptions } from './official/statelySink.ts';
export type { LegacyDevTools } from './official/xstateInspectSink.ts';
export type { ConnectionReport, RecordedArrow, RecordedStart, RecordedStep, RecordedTimer } from './record/ConnectionReport.ts';
export type { Recorder, RecorderOptions } from './record/createRecorder.ts';
export type { ReplayOptions } from './record/replay.ts';
export type { ConsoleSinkOptions } from './sinks/consoleSink.ts';
export type { WebSocketSinkOptions } from './sinks/webSocketSink.ts';
export type { WindowLike } from './sinks/windowSink.ts';
