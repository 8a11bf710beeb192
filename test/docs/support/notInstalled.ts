/**
 * What snippets import and nobody can install here: the wrapper is on no registry, and React Native and Cordova are the app's.
 * As their published typings have it, as far as it is used.
 */
export const notInstalled = `
declare module '@rongcloud/react-native-im-wrapper' {
  export class RCIMIWEngine {
    static create(appKey: string, options: object): Promise<RCIMIWEngine | null>;
    connect(
      token: string,
      timeout: number,
      callback: { onDatabaseOpened?: (code: number) => void; onConnected?: (code: number, userId: string) => void },
    ): Promise<number>;
    disconnect(receivePush: boolean): Promise<number>;
    setOnConnectionStatusChangedListener(listener?: (status: number) => void): void;
  }
}

declare module 'react-native' {
  export const Platform: { OS: 'ios' | 'android' | 'macos' | 'windows' | 'web' };
}

// of a reader who has got so far
declare const connection: import('connection-machine').Connection;

declare const cordova: {
  exec(success: (data: any) => any, fail: (error: any) => any, service: string, action: string, args?: any[]): void;
};
`;
