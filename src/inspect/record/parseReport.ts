import { ReportError } from './ReportError.ts';
import { reportFormat, reportVersion, type ConnectionReport } from './ConnectionReport.ts';

type Check = (value: unknown, where: string) => void;

/** A report comes from a stranger's machine: every part of it is looked at before it is used. */
export function parseReport(value: unknown): ConnectionReport {
  const given = typeof value === 'string' ? parseJson(value) : value;
  const { format, version } = Object(given) as { format?: unknown; version?: unknown };
  if (format !== reportFormat) throw new ReportError(`this is not a report of a connection: 'format' is not '${reportFormat}'`);
  if (version !== reportVersion) {
    const known = typeof version === 'number' ? `version ${version}` : 'no version';
    throw new ReportError(`this report has ${known}; version ${reportVersion} is known here: use the connection-machine that wrote it`);
  }
  report(given, 'report');
  const { arrows, steps } = given as ConnectionReport;
  const isKnown = (number: number) => number < arrows.length;
  const stray = steps.findIndex(({ took = [] }) => !took.every(isKnown));
  if (stray >= 0) throw new ReportError(`steps[${stray}].took has a number that is not in 'arrows'`);
  return given as ConnectionReport;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ReportError('this is not a report of a connection: it is not JSON');
  }
}

const fail = (where: string, wanted: string): never => {
  throw new ReportError(`${where} must be ${wanted}`);
};
const text: Check = (value, where) => void (typeof value === 'string' || fail(where, 'a text'));
const number: Check = (value, where) => void ((typeof value === 'number' && Math.abs(value) < Infinity) || fail(where, 'a number'));
const count: Check = (value, where) =>
  void ((typeof value === 'number' && Number.isInteger(value) && value >= 0) || fail(where, 'a whole number of at least 0'));
/** Deep enough for a failure in what was restored; a file of a thousand brackets is none of ours. */
const plain =
  (depth: number): Check =>
  (value, where) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return;
    if (depth === 0) fail(where, 'flatter');
    else if (Array.isArray(value)) list(plain(depth - 1))(value, where);
    else dictionary(plain(depth - 1))(value, where);
  };
const list =
  (item: Check): Check =>
  (value, where) => {
    if (!Array.isArray(value)) fail(where, 'a list');
    else value.forEach((each, index) => item(each, `${where}[${index}]`));
  };
const dictionary =
  (item: Check): Check =>
  (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(where, 'an object');
    else for (const [name, each] of Object.entries(value)) item(each, `${where}.${name}`);
  };
const row =
  (items: readonly Check[], least: number): Check =>
  (value, where) => {
    if (!Array.isArray(value) || value.length < least || value.length > items.length) fail(where, `a list of ${least} to ${items.length}`);
    else value.forEach((each, index) => items[index]?.(each, `${where}[${index}]`));
  };
const record =
  (must: Readonly<Record<string, Check>>, may: Readonly<Record<string, Check>> = {}): Check =>
  (value, where) => {
    dictionary(() => undefined)(value, where);
    const fields = value as Readonly<Record<string, unknown>>;
    for (const [name, check] of Object.entries(must)) check(fields[name], `${where}.${name}`);
    for (const [name, check] of Object.entries(may)) if (fields[name] !== undefined) check(fields[name], `${where}.${name}`);
  };

const event: Check = (value, where) => {
  dictionary(plain(4))(value, where);
  text((value as { type?: unknown }).type, `${where}.type`);
};
const moment = {
  states: dictionary(text),
  memory: dictionary(plain(4)),
  timers: list(row([text, text, number, number], 4)),
};
const report = record({
  madeAt: number,
  chart: text,
  policy: dictionary(number),
  dropped: count,
  start: record({ at: number, ...moment }),
  arrows: list(row([text, text, text, text], 3)),
  steps: list(record({ at: number, event }, { took: list(count), emitted: list(event), ...moment })),
});
