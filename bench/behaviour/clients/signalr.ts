import type { ClientAdapter } from '../ClientAdapter.ts';
import { signalrVoice } from '../server/voices/signalrVoice.ts';

interface Hub {
  readonly state: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  onclose(listener: (error?: unknown) => void): void;
  onreconnecting(listener: (error?: unknown) => void): void;
}
interface Builder {
  withUrl(url: string, options: Record<string, unknown>): Builder;
  withAutomaticReconnect(): Builder;
  configureLogging(logger: object): Builder;
  build(): Hub;
}
interface Library {
  readonly HubConnectionBuilder: new () => Builder;
}

export const signalr: ClientAdapter = {
  name: '@microsoft/signalr',
  package: '@microsoft/signalr',
  source: `export { HubConnectionBuilder } from '@microsoft/signalr';`,
  voice: signalrVoice,
  create(library, { fetchToken, trouble, log }) {
    const builder = new (library as Library).HubConnectionBuilder()
      .withUrl('https://im.example/hub', { accessTokenFactory: fetchToken })
      .withAutomaticReconnect();
    // without this it logs at Information to the console, which nobody listens to
    if (log) builder.configureLogging({ log: (level: number, message: string) => log(level, message) });
    const hub = builder.build();
    hub.onclose((error) => trouble(`closed: ${String(error)}`));
    hub.onreconnecting((error) => trouble(`reconnecting: ${String(error)}`));
    return { start: () => hub.start(), stop: () => hub.stop(), isConnected: () => hub.state === 'Connected' };
  },
};
