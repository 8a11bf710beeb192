import { fromCallback } from 'xstate';
import type { PlatformEvent } from '../../machines/connection/events.ts';
import type { SafeLogger } from '../logger.ts';
import type { PlatformSignals } from './PlatformSignals.ts';

/** The service `watchPlatform`: listens to the platform, if there is anything to listen to, and survives whatever it does. */
export function createWatchPlatform(signals: PlatformSignals | false | undefined, logger: SafeLogger) {
  return fromCallback<{ type: 'platform.none' }, undefined, PlatformEvent>(({ sendBack }) => {
    if (!signals) return undefined;
    let listening = true;
    const send = (event: PlatformEvent) => {
      if (listening) sendBack(event);
    };
    let stop: unknown;
    try {
      stop = signals.subscribe({
        network: (online) => send({ type: online ? 'network.online' : 'network.offline' }),
        app: (foreground) => send({ type: foreground ? 'app.foregrounded' : 'app.backgrounded' }),
        woke: (sleptMs) => send({ type: 'app.woke', sleptMs }),
      });
    } catch (problem) {
      logger.error('signals.subscribe threw', problem);
    }
    return () => {
      listening = false;
      const complain = (problem: unknown) => logger.error('signals: stopping failed', problem);
      try {
        if (typeof stop === 'function') stop();
        // an async subscribe breaks the contract, but its listener must not outlive us
        else
          Promise.resolve(stop)
            .then((late: unknown) => typeof late === 'function' && late())
            .catch(complain);
      } catch (problem) {
        complain(problem);
      }
    };
  });
}
