import type { OpenLink, Transport } from 'connection-machine';
import type { Login } from './appServerApi.ts';

/** How chat messages travel: over the app's own WebSocket, or with a vendor's SDK. The rest of the app does not know which. */
export interface Line<Link extends OpenLink = OpenLink> {
  readonly transport: Transport<Link>;
  /** Sends one message over the live link. Whether it has arrived is heard by `receive`. */
  send(link: Link, message: { readonly id: string; readonly text: string }): void;
}

export interface LineParts {
  readonly login: Login;
  /** Takes whatever came in; what is no frame of this app is left alone. */
  readonly receive: (data: unknown) => void;
}

export type MakeLine<Link extends OpenLink = OpenLink> = (parts: LineParts) => Line<Link>;
