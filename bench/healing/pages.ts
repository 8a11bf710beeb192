import { fileURLToPath } from 'node:url';
import { bundleForScope } from '../../examples/local-rongcloud/scope/bundleForScope.ts';
import type { RongCloudServer } from '../../examples/local-rongcloud/server/startRongCloudServer.ts';
import { createPatientScope } from './createPatientScope.ts';
import type { Driver } from './driver/Driver.ts';

export const sdkNames = ['v5', 'v4', 'v2'] as const;
export type SdkName = (typeof sdkNames)[number];

export interface PageParts {
  readonly sdk: SdkName;
  readonly server: RongCloudServer;
  readonly speed: number;
  readonly issueToken: (reason: string) => Promise<unknown>;
}

/** Something that a driver runs in. */
export interface Page {
  call(name: keyof Driver, args: readonly unknown[]): Promise<never>;
  /** From now on time runs so many times faster in it. */
  setSpeed(speed: number): Promise<void>;
  /** Resolves when so much (ms) of its own time has passed. */
  wait(ms: number): Promise<void>;
  close(): Promise<void>;
}

export type OpenPage = (parts: PageParts) => Promise<Page>;

export function driverOf(sdk: SdkName): Promise<string> {
  return bundleForScope(fileURLToPath(new URL(`driver/${sdk}.ts`, import.meta.url)));
}

/** A page played by Node: the SDK in a scope of its own, with what it needs of a browser. */
export const openNodePage: OpenPage = async ({ sdk, speed, issueToken }) => {
  const scope = createPatientScope(speed);
  scope.globals['issueToken'] = issueToken;
  scope.run(await driverOf(sdk), `${sdk}.js`);
  const driver = scope.globals['driver'] as Driver;
  return {
    call: async (name, args) => (driver[name] as (...args: unknown[]) => never)(...args),
    setSpeed: async (newSpeed) => scope.setSpeed(newSpeed),
    wait: (ms) => scope.wait(ms),
    close: async () => scope.close(),
  };
};
