export { webSocketTransport } from './webSocketTransport.ts';
export type { WebSocketTransportOptions } from './WebSocketTransportOptions.ts';
export { jsonHandshake } from './jsonHandshake.ts';
export { closeCodeToFailure } from './closeCodeToFailure.ts';
export type { HeartbeatOptions } from './heartbeat.ts';
export type { WebSocketAnswer, WebSocketFrame, WebSocketHandshake } from './WebSocketHandshake.ts';
export type { WebSocketClass, WebSocketLike } from './WebSocketLike.ts';
export type { WebSocketLink } from './openWebSocketLink.ts';
