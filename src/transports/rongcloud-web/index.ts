export { rongCloudWebTransport } from './rongCloudWebTransport.ts';
export { rongCloudWebV4Transport } from './rongCloudWebV4Transport.ts';
export { rongCloudWebV2Transport } from './rongCloudWebV2Transport.ts';
export type { RongCloudWebOptions } from './RongCloudWebOptions.ts';
export type { RongIMLibV5 } from './rongCloudWebTransport.ts';
export type { RongIMClientV4 } from './rongCloudWebV4Transport.ts';
export type { RongIMClientV2, RongIMConnectCallback } from './rongCloudWebV2Transport.ts';
