import { count, dictionary, list, number, plain, record, row, text, type Check } from '../checks.ts';
import { ReportError } from './ReportError.ts';
import { reportFormat, reportVersion, type ConnectionReport } from './ConnectionReport.ts';

/** A report comes from a stranger's machine: every part of it is looked at before it is used. */
export function parseReport(value: unknown): ConnectionReport {
  const given = typeof value === 'string' ? parseJson(value) : value;
  const { format, version } = Object(given) as { format?: unknown; version?: unknown };
  if (format !== reportFormat) throw new ReportError(`this is not a report of a connection: 'format' is not '${reportFormat}'`);
  if (version !== reportVersion) {
    const known = typeof version === 'number' ? `version ${version}` : 'no version';
    throw new ReportError(`this report has ${known}; version ${reportVersion} is known here: use the connection-machine that wrote it`);
  }
  try {
    report(given, 'report');
  } catch (problem) {
    throw new ReportError((problem as Error).message);
  }
  const { arrows, steps } = given as ConnectionReport;
  const isKnown = (index: number) => index < arrows.length;
  const stray = steps.findIndex(({ took = [] }) => !took.every(isKnown));
  if (stray >= 0) throw new ReportError(`steps[${stray}].took has a number that is not in 'arrows'`);
  return given as ConnectionReport;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ReportError('this is not a report of a connection: it is not JSON');
  }
}

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
