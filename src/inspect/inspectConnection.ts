import type { AnyActorRef } from 'xstate';
import { mustBe } from '../../machines/connection/ConnectionOptionError.ts';
import { createStepTeller } from './stepTeller.ts';
import { inspectVersion, type InspectedActor, type InspectedState, type InspectedStep, type InspectMessage } from './InspectMessage.ts';
import { observeSteps } from './observeSteps.ts';
import { toSendableEvent } from './sendableEvents.ts';
import type { Allowed } from './discloser.ts';
import type { InspectSink, OpenSink } from './InspectSink.ts';

export interface InspectOptions {
  /** What a viewer calls it. @default the machine's id: 'connection' */
  readonly name?: string;
  /** May viewers send events? For development only: whoever reaches the sink can then disconnect the user. @default false */
  readonly allowEvents?: boolean;
  /** How many steps a viewer that comes later is still told. @default 200 */
  readonly keep?: number;
  /** Of a machine that is not ours, what may be seen besides its states. @default nothing */
  readonly allow?: Allowed;
}

/** What can be inspected: a connection, or an actor of any XState v5 machine. */
export type Inspectable = { readonly actor: object } | AnyActorRef;

/**
 * Shows a connection to inspectors: every event, the arrows it took and why, what was announced, the timers that run. Never a token.
 * Nothing is attached before this call, nothing is left behind when the function that it returns has been called.
 *
 * @param sinks one or several of `consoleSink()`, `webSocketSink(url)`, `broadcastSink()`, `windowSink(window, origin)`, or your own
 * @throws ConnectionOptionError for something that cannot be inspected, or sinks that are none
 */
export function inspectConnection(
  target: Inspectable,
  sinks: InspectSink | readonly InspectSink[],
  options: InspectOptions = {},
): () => void {
  const actor = actorOf(target);
  const wanted = [sinks].flat() as readonly InspectSink[];
  mustBe(
    wanted.every((sink) => typeof sink === 'function'),
    'sinks',
    'functions such as consoleSink()',
    sinks,
  );
  const { name, allowEvents = false, keep = 200 } = options;
  mustBe(Number.isInteger(keep) && keep >= 0, 'keep', 'a whole number of at least 0', keep);

  const teller = createStepTeller(actor, options.allow);
  const { now } = teller;
  const connection = `${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;
  const told = { version: inspectVersion, connection } as const;
  /** The state before the first step that is kept, and the time at which it was reached. */
  let base: { readonly at: number; readonly state: InspectedState } = { at: now(), state: teller.state(now()) };
  let kept: readonly InspectedStep[] = [];
  let seq = 0;
  let open: readonly OpenSink[] = [];
  let isOver = false;

  const introduction = (): InspectedActor => ({
    ...told,
    type: 'actor',
    name: teller.text(name ?? teller.chart.id),
    at: base.at,
    chart: teller.chart,
    policy: teller.policy(),
    state: base.state,
    now: now(),
    allowEvents,
  });
  const tell = (message: InspectMessage) => open.forEach((sink) => sink.send(message));

  const tellAll = (sink: OpenSink) => {
    if (!isOver) [introduction(), ...kept].forEach((each) => sink.send(each));
  };
  const receive = (message: unknown, answer: OpenSink) => {
    const { version, type, connection: whose, event } = Object(message) as Record<string, unknown>;
    // a sink may go on delivering after it was closed
    if (version !== inspectVersion || isOver) return;
    if (type === 'hello') tellAll(answer);
    if (type !== 'send' || whose !== connection || !allowEvents) return;
    const asked = toSendableEvent(event, teller.isOurs);
    if (asked) actor.send(asked);
  };

  const stopObserving = observeSteps(actor, now, (raw) => {
    const isEnd = raw.event.type === 'xstate.stop' || raw.snapshot.status !== 'active';
    const step: InspectedStep = { ...told, type: 'step', seq: ++seq, ...teller.step(raw) };
    kept = [...kept, step];
    const dropped = kept.length > keep ? kept[0] : undefined;
    if (dropped) {
      base = { at: dropped.at, state: dropped.state };
      kept = kept.slice(1);
    }
    tell(step);
    if (isEnd) stop();
  });

  const stop = () => {
    stopObserving();
    isOver = true;
    tell({ ...told, type: 'end', at: now() });
    for (const sink of open) sink.close();
    open = [];
  };

  open = wanted.map((sink) => openSafely(sink, receive, tellAll));
  tell(introduction());
  return stop;
}

/** A sink is somebody else's: whatever it does, the connection and the other sinks go on. */
function openSafely(sink: InspectSink, receive: (message: unknown, answer: OpenSink) => void, opened: (sink: OpenSink) => void): OpenSink {
  const safely = <Args extends unknown[]>(call: (...args: Args) => void) => {
    return (...args: Args) => {
      try {
        call(...args);
      } catch {
        // there is nobody to tell: this is where things are told
      }
    };
  };
  let inner: OpenSink | undefined;
  const safe: OpenSink = { send: safely((message) => inner?.send(message)), close: safely(() => inner?.close()) };
  safely(() => {
    inner = sink(
      safely((message: unknown) => receive(message, safe)),
      safely(() => opened(safe)),
    );
  })();
  return safe;
}

function actorOf(target: Inspectable): AnyActorRef {
  const { actor = target } = Object(target) as { actor?: unknown };
  const { system, logic } = Object(actor) as { system?: { inspect?: unknown }; logic?: { root?: { states?: unknown } } };
  const isMachine = typeof system?.inspect === 'function' && typeof logic?.root?.states === 'object';
  mustBe(isMachine, 'the first argument', 'a connection, or an actor of an XState 5 machine', target);
  return actor as AnyActorRef;
}
