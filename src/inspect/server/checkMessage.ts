import { inspectVersion } from '../InspectMessage.ts';

/** What each side may say. Anything else is not passed on. */
const words = { app: ['actor', 'step', 'end'], viewer: ['hello', 'send'] } as const;

/** The connection's id and the kind of message, if a frame is a message of this protocol that this side may send. */
export function checkMessage(side: keyof typeof words, text: string): { readonly type: string; readonly connection: string } | undefined {
  try {
    const { version, type, connection = '' } = Object(JSON.parse(text)) as Record<string, unknown>;
    const isKnown = version === inspectVersion && (words[side] as readonly unknown[]).includes(type);
    const isAddressed = typeof connection === 'string' && connection.length <= 100 && (type === 'hello' || connection !== '');
    return isKnown && isAddressed ? { type: type as string, connection } : undefined;
  } catch {
    return undefined;
  }
}
