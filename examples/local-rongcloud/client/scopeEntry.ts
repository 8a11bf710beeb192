import { createChat } from '../../local-im/client/createChat.ts';
import { rongCloudLine } from './rongCloudLine.ts';

/** What `openRongCloudChat` finds in the scope: the whole app, with an SDK that is nobody else's. */
export type ScopeApp = typeof app;

const app = (options: Omit<Parameters<typeof createChat>[0], 'makeLine'>) => createChat({ ...options, makeLine: rongCloudLine });

Object.assign(globalThis, { app });
