import { join } from 'node:path';
import type { ConnectionPolicy } from 'connection-machine';
import type { Servers } from '../server/startServers.ts';
import { createDevice } from './createDevice.ts';
import type { FactLog, IsFact } from './createFactLog.ts';
import type { Printer } from './createPrinter.ts';
import { DidNotHappen, type Stage } from './Stage.ts';
import type { Device, Vendor } from './Vendor.ts';

export interface StageParts {
  readonly vendor: Vendor;
  readonly servers: Servers;
  readonly log: FactLog;
  readonly printer: Printer;
  readonly folder: string;
  readonly policy: Partial<ConnectionPolicy>;
  /** ms that a step may take before it counts as not happened. */
  readonly stepLimit: number;
}

export interface OwnedStage extends Stage {
  /** Closes every device that is still open. */
  clear(): Promise<void>;
}

export async function createStage({ vendor, servers, log, printer, folder, policy, stepLimit }: StageParts): Promise<OwnedStage> {
  const devices: Device[] = [];
  const addDevice = async (device?: string) => {
    const added = await createDevice({
      vendor,
      servers,
      user: 'alice',
      folder: join(folder, device ?? 'main'),
      policy,
      tell: log.tell,
      ...(device && { device }),
    });
    devices.push(added);
    return added.chat;
  };
  const chat = await addDevice();
  let lastAct = log.position();
  let behind = lastAct;
  const here = () => {
    lastAct = behind = log.position();
  };
  const settle = (title: string, why?: string) => {
    printer.step(why === undefined, title, why);
    if (why !== undefined) throw new DidNotHappen(title);
  };

  return {
    vendor,
    chat,
    addDevice,
    act(text, deed) {
      here();
      log.tell({ actor: 'user', what: 'user.acted', text });
      deed();
    },
    flick(command) {
      here();
      servers.faults.apply(command);
    },
    async expect(title, wanted: IsFact, { unless, anyOrder = false } = {}) {
      let why: string | undefined;
      await log.find(anyOrder ? lastAct : behind, wanted, stepLimit, unless).then(
        (position) => {
          behind = Math.max(behind, position);
        },
        (error: Error) => {
          why = error.message;
        },
      );
      settle(title, why);
    },
    async quiet(title, unwanted, ms) {
      const seen = await log.find(lastAct, unwanted, ms).catch(() => undefined);
      settle(title, seen === undefined ? undefined : 'it happened');
    },
    check: (title, isTrue) => settle(title, isTrue ? undefined : 'it was not so'),
    sockets: () => vendor.sockets(servers),
    count: (wanted) => log.since(lastAct).filter(wanted).length,
    async clear() {
      await Promise.all(devices.map((device) => device.close()));
    },
  };
}
