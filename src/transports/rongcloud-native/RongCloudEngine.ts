/**
 * What the transport needs of an `RCIMIWEngine` (`@rongcloud/react-native-im-wrapper`, and the uni-app and other wrappers of the same
 * make): https://docs.rongcloud.io/react-native-imlib/connectmgr/connect
 */
export interface RongCloudEngine {
  /**
   * @param timeout seconds; 0: until success, or an error that the SDK cannot heal
   * @returns 0 when accepted; anything else: there will be no callback
   */
  connect(token: string, timeout: number, callback: RongCloudConnectCallback): Promise<number>;
  disconnect(receivePush: boolean): Promise<number>;
  /** One listener at a time: whoever sets it takes it from the one before. With undefined there is none, whatever the typings say. */
  setOnConnectionStatusChangedListener(listener: (status: number | { status: number }) => void): unknown;
  /** For old versions (5.2.5 is one), whose `connect` takes no callback. */
  setOnConnectedListener?(listener: RongCloudConnectCallback['onConnected']): unknown;
  setOnDatabaseOpenedListener?(listener: RongCloudConnectCallback['onDatabaseOpened']): unknown;
}

/** React Native passes the values one after the other, uni-app and newer wrappers in one object: both are understood. */
export interface RongCloudConnectCallback {
  onDatabaseOpened(code: number | { code: number }): void;
  onConnected(code: number | { code: number; userId: string }, userId?: string): void;
}
