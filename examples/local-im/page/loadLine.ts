import type { MakeLine } from '../client/Line.ts';
import { webSocketLine } from '../client/webSocketLine.ts';

/** What the visitor may connect over, with the name that the page shows. */
export const lineNames = { webSocket: 'WebSocket', rongCloud: 'RongCloud' } as const;
export type LineName = keyof typeof lineNames;

/** RongCloud's SDK is a script of its own, a megabyte that nobody loads who does not choose it. */
export async function loadLine(name: LineName): Promise<MakeLine> {
  if (name === 'webSocket') return webSocketLine();
  const { rongCloudLine } = await import('../../local-rongcloud/client/rongCloudLine.ts');
  return rongCloudLine;
}
