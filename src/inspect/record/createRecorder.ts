import type { AnyActorRef } from 'xstate';
import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { fingerprint } from '../chart/describedChart.ts';
import { observeSteps } from '../observeSteps.ts';
import { createStepTeller } from '../stepTeller.ts';
import { reportFormat, reportVersion, type ConnectionReport, type RecordedArrow, type RecordedStep } from './ConnectionReport.ts';
import { applyChange, changeOf, isSame, recordState } from './stateChange.ts';
import type { InspectedState, InspectedStep } from '../InspectMessage.ts';

export interface RecorderOptions {
  /** How many steps are kept. @default 200 */
  readonly steps?: number;
  /** How many characters a report may have as JSON; older steps are dropped for it. @default 50_000 */
  readonly size?: number;
}

/** Records a connection from now on, and says what it has recorded whenever it is asked. */
export type Recorder = (actor: object) => () => ConnectionReport;

/** What a report has besides its steps and its table of arrows: the policy, and a state. */
const roomForRest = 3_000;

/**
 * Keeps the last steps of a connection, for `createConnection({ recorder: createRecorder() })` and `connection.report()`. It costs what
 * an inspector costs (docs/inspector.md), and holds what a report shows: no token, but the user's id and the messages of failures.
 *
 * @throws ConnectionOptionError for a number that makes no sense
 */
export function createRecorder({ steps: most = 200, size = 50_000 }: RecorderOptions = {}): Recorder {
  mustBe(Number.isInteger(most) && most > 0, 'steps', 'a whole number of at least 1', most);
  mustBe(Number.isInteger(size) && size >= 2 * roomForRest, 'size', `a whole number of at least ${2 * roomForRest}`, size);

  return (target) => {
    const actor = target as AnyActorRef;
    const teller = createStepTeller(actor);
    mustBe(teller.isOurs, 'the recorded actor', 'one of connectionMachine', target);
    const startedAt = teller.now();
    const arrows: RecordedArrow[] = [];
    const kept: { readonly step: RecordedStep; readonly size: number }[] = [];
    let dropped = 0;
    /** Characters of all that a report would have now. The table of arrows cannot grow for ever: the chart has only so many. */
    let total = roomForRest;
    let current = teller.state(startedAt);
    let base = { at: startedAt, state: current };

    const drop = () => {
      const [oldest] = kept.splice(0, 1);
      if (!oldest) return;
      const { step } = oldest;
      total -= oldest.size;
      base = { at: step.at, state: applyChange(base.state, step.at, step) };
      dropped += 1;
    };
    const isTooLong = () => kept.length > 1 && total > size;

    observeSteps(actor, teller.now, (raw) => {
      const told = teller.step(raw);
      const known = arrows.length;
      const step = toRecordedStep(told, current, arrows);
      current = told.state;
      // and a comma
      const length = JSON.stringify(step).length + 1;
      kept.push({ step, size: length });
      total += length + arrows.slice(known).reduce((sum, arrow) => sum + JSON.stringify(arrow).length + 1, 0);
      if (kept.length > most) drop();
      while (isTooLong()) drop();
    });

    const make = (): ConnectionReport => ({
      format: reportFormat,
      version: reportVersion,
      madeAt: teller.now(),
      chart: fingerprint(teller.chart),
      policy: teller.policy(),
      dropped,
      start: recordState(base.at, base.state),
      arrows: [...arrows],
      steps: kept.map(({ step }) => step),
    });
    return () => {
      // what is remembered at the start may be longer than usual
      while (kept.length > 0 && JSON.stringify(make()).length > size) drop();
      return make();
    };
  };
}

type Told = Pick<InspectedStep, 'at' | 'event' | 'transitions' | 'emitted' | 'state'>;

function toRecordedStep({ at, event, transitions, emitted, state }: Told, before: InspectedState, arrows: RecordedArrow[]): RecordedStep {
  const took = transitions.map(({ from, event: on, guard, to }) => {
    const arrow: RecordedArrow = to === undefined ? [from, on, guard] : [from, on, guard, to];
    const known = arrows.findIndex((one) => isSame(one, arrow));
    return known < 0 ? arrows.push(arrow) - 1 : known;
  });
  return {
    at,
    event,
    ...(took.length > 0 && { took }),
    ...(emitted.length > 0 && { emitted }),
    ...changeOf(at, before, state),
  };
}
