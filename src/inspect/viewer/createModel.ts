import { fingerprint, isConnectionChart } from '../chart/describedChart.ts';
import { readReport } from '../record/readReport.ts';
import { momentAt, type Moment, type ShownConnection } from './ShownConnection.ts';
import type { InspectedActor, InspectedStep, InspectMessage } from '../InspectMessage.ts';

/** So many steps of a connection are kept. */
const manySteps = 2_000;

/** So many connections are shown; of more, those that ended first make room. */
const manyConnections = 100;

/** What the viewer shows, and of what. */
export interface Model {
  readonly shown: readonly ShownConnection[];
  readonly selected: ShownConnection | undefined;
  /** The step that is looked at; `undefined` follows what happens. */
  readonly cursor: number | undefined;
  /** The step in view: at the cursor, or the last one. */
  readonly index: number;
  readonly moment: Moment | undefined;
  readonly query: string;
  readonly notice: string;
}

/** Keeps what came, and what the developer looks at. `changed` is called after each change. */
export function createModel(changed: () => void) {
  let shown: readonly ShownConnection[] = [];
  let selectedId: string | undefined;
  let cursor: number | undefined;
  let query = '';
  let notice = '';
  let reports = 0;

  const put = (connection: ShownConnection) => {
    const isKnown = shown.some(({ id }) => id === connection.id);
    shown = isKnown ? shown.map((one) => (one.id === connection.id ? connection : one)) : [...withRoom(shown), connection];
    selectedId ??= connection.id;
  };
  const withRoom = (all: readonly ShownConnection[]) => {
    const leaving = all.length < manyConnections ? undefined : all.find((one) => one.isOver && one.id !== selectedId);
    return all.filter((one) => one !== leaving);
  };
  const introduce = (actor: InspectedActor, isReport: boolean, now: number) => {
    const { connection: id, name, chart, policy, allowEvents, at, state, now: theirs } = actor;
    const facts = { id, name, chart, policy, allowEvents, isReport, isOver: false, offset: now - theirs };
    const known = shown.find((one) => one.id === id);
    const drawing = known?.drawing ?? fingerprint(chart);
    const isOurs = known?.isOurs ?? isConnectionChart(chart);
    // one that is told again, after a hello: what is known of it may reach further back than what is kept over there
    const before = known ?? { start: { at, state }, steps: [], state };
    put({ ...facts, drawing, isOurs, start: before.start, steps: before.steps, state: before.state });
  };
  const append = (step: InspectedStep, now: number) => {
    const connection = shown.find(({ id }) => id === step.connection);
    const lastSeq = connection?.steps[connection.steps.length - 1]?.seq ?? 0;
    if (!connection || step.seq <= lastSeq) return;
    const steps = [...connection.steps, step];
    const [first] = steps;
    const isFull = steps.length > manySteps && first !== undefined;
    const start = isFull ? { at: first.at, state: first.state } : connection.start;
    if (isFull && selectedId === connection.id && cursor !== undefined) cursor = Math.max(0, cursor - 1);
    const offset = connection.isReport ? connection.offset : Math.min(connection.offset, now - step.at);
    put({ ...connection, start, steps: isFull ? steps.slice(1) : steps, state: step.state, offset });
  };

  const model = {
    get current(): Model {
      const selected = shown.find(({ id }) => id === selectedId);
      const index = selected ? (cursor ?? selected.steps.length - 1) : -1;
      return { shown, selected, cursor, index, moment: selected && momentAt(selected, index), query, notice };
    },
    hear(message: InspectMessage, now: number) {
      if (message.type === 'actor') introduce(message, false, now);
      else if (message.type === 'step') append(message, now);
      else {
        const connection = shown.find(({ id }) => id === message.connection);
        if (connection) put({ ...connection, isOver: true });
      }
      changed();
    },
    /** @throws ReportError for something that is no report */
    open(report: unknown, name: string) {
      const [actor, ...steps] = readReport(report);
      reports += 1;
      const id = `report ${reports}`;
      introduce({ ...actor, connection: id, name: name || id }, true, actor.now);
      steps.forEach((step) => append({ ...step, connection: id }, step.at));
      selectedId = id;
      cursor = 0;
      notice = '';
      changed();
    },
    select(id: string) {
      selectedId = id;
      cursor = shown.find((one) => one.id === id)?.isReport ? 0 : undefined;
      changed();
    },
    /** A connection that is over, or a report, is put away. */
    dismiss(id: string) {
      shown = shown.filter((one) => one.id !== id);
      if (selectedId === id) {
        selectedId = shown[0]?.id;
        cursor = undefined;
      }
      changed();
    },
    /** Looks at a step; beyond the last one, a live connection is followed again. */
    goTo(index: number | undefined) {
      const { selected } = model.current;
      if (!selected) return;
      const last = selected.steps.length - 1;
      const isLive = !selected.isReport && (index === undefined || index > last);
      cursor = isLive ? undefined : Math.max(-1, Math.min(index ?? last, last));
      changed();
    },
    search(text: string) {
      query = text;
      changed();
    },
    say(text: string) {
      notice = text;
      changed();
    },
  };
  return model;
}

export type ViewerModel = ReturnType<typeof createModel>;
