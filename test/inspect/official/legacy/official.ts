// From this folder, npm's workspace resolves to the inspector of the XState 4 era, and to XState 4 itself.
export { createDevTools, createWebSocketReceiver, createWindowReceiver, inspect } from '@xstate/inspect';
export { inspect as inspectByServer } from '@xstate/inspect/lib/server.js';
export { State } from 'xstate';
export type { AnyState, AnyStateMachine } from 'xstate';
