import { createBrowserScope, type BrowserScope } from '../../examples/local-rongcloud/scope/createBrowserScope.ts';
import { scaledTimeScript } from '../../examples/local-rongcloud/scope/scaledTime.ts';

/** ms: so much counts at most between two turns of the event loop. */
const longestTurn = 10;
/** ms */
const heartbeat = 4;

/**
 * A browser's scope whose time goes by only as Node's event loop turns. Page, SDK and server share one thread there: while that is at
 * something else, or the machine is, nobody can answer, and an SDK that counted those moments would give up a server that had no chance.
 */
export function createPatientScope(speed: number): BrowserScope {
  const scope = createBrowserScope();
  scope.globals['performance'] = { now: patientNow, timeOrigin: performance.timeOrigin };
  // on top of the scope's own, which runs as fast as the real time
  scope.run(scaledTimeScript(speed), 'patientTime.js');
  return scope;
}

let counted = 0;
let lastLook = performance.now();

function patientNow(): number {
  const now = performance.now();
  counted += Math.min(now - lastLook, longestTurn);
  lastLook = now;
  return counted;
}

setInterval(patientNow, heartbeat).unref();
