import { setTimeout as sleep } from 'node:timers/promises';
import { createTokenIssuer, type TokenIssuer } from '../../examples/local-im/server/createTokenIssuer.ts';
import { startRongCloudServer, type RongCloudServer } from '../../examples/local-rongcloud/server/startRongCloudServer.ts';
import type { Driver, Observed } from './driver/Driver.ts';
import type { OpenPage, SdkName } from './pages.ts';

/** Every function of the driver, from a distance. */
export type RemoteDriver = {
  readonly [name in keyof Driver]: (...args: Parameters<Driver[name]>) => Promise<Awaited<ReturnType<Driver[name]>>>;
};

/** One SDK in one page, one server, one App Server's tokens. */
export interface Scene {
  readonly sdk: SdkName;
  readonly server: RongCloudServer;
  readonly issuer: TokenIssuer;
  readonly app: RemoteDriver;
  /** Whose token the App Server gives out. */
  user: string;
  /** What the App Server answers instead of a token, once each. */
  readonly wrongAnswers: unknown[];
  token(user?: string): Promise<string>;
  /** Resolves to what was observed once it is so; fails, saying what was seen, when it does not become so in `seconds` of the page's time. */
  until(isSo: (seen: Observed) => boolean, seconds?: number): Promise<Observed>;
  /** The same for the server's side. */
  untilServer(isSo: (server: RongCloudServer) => boolean, seconds?: number): Promise<void>;
  /** Lets so much of the page's time pass, in a hurry. */
  pass(seconds: number): Promise<Observed>;
  /** Runs the page's time faster while something is waited for that takes long and does not mind. */
  hurry<Result>(wait: () => Promise<Result>): Promise<Result>;
  /** Runs it as slowly as real time while much has to happen in little of it. */
  calmly<Result>(wait: () => Promise<Result>): Promise<Result>;
}

/** How much faster time runs in the page: the 5 s that an SDK gives a socket are a second, enough for a busy machine. */
const speed = 5;
/** When nothing is expected to happen soon. */
const hurrySpeed = 40;
/** ms of real time that a busy machine is granted on top. */
const patience = 30_000;

/** Compiling an SDK keeps a processor busy; what runs meanwhile would lose time. */
let opening: Promise<unknown> = Promise.resolve();

function inTurn<Result>(open: () => Promise<Result>): Promise<Result> {
  const opened = opening.then(open);
  opening = opened.catch(() => undefined);
  return opened;
}

/** Plays one scene and clears up, however it ends. */
export async function playScene<Result>(sdk: SdkName, openPage: OpenPage, play: (scene: Scene) => Promise<Result>): Promise<Result> {
  const issuer = createTokenIssuer();
  const server = await startRongCloudServer({ verify: issuer.verify });
  const wrongAnswers: unknown[] = [];
  const issueToken = async () => (wrongAnswers.length > 0 ? wrongAnswers.shift() : scene.token());
  const page = await inTurn(() => openPage({ sdk, server, speed, issueToken }));
  const app = new Proxy({} as RemoteDriver, {
    get:
      (_, name: keyof Driver) =>
      (...args: unknown[]) =>
        page.call(name, args),
  });

  const scene: Scene = {
    sdk,
    server,
    issuer,
    app,
    user: 'alice',
    wrongAnswers,
    token: async (user = scene.user) => (await issuer.issue(user, 3_600)).token,
    async until(isSo, seconds = 60) {
      const deadline = performance.now() + (seconds * 1000) / speed + patience;
      for (;;) {
        const seen = await app.observe();
        if (isSo(seen)) return seen;
        if (performance.now() > deadline)
          throw new Error(`${sdk}: it did not become so: ${String(isSo)}\nseen: ${JSON.stringify(seen, undefined, 2)}`);
        await sleep(5);
      }
    },
    async untilServer(isSo, seconds = 60) {
      const deadline = performance.now() + (seconds * 1000) / speed + patience;
      while (!isSo(server)) {
        if (performance.now() > deadline)
          throw new Error(`${sdk}: it did not become so at the server: ${String(isSo)}\ncounts: ${JSON.stringify(server.counts)}`);
        await sleep(5);
      }
    },
    async pass(seconds) {
      await scene.hurry(() => page.wait(seconds * 1000));
      return app.observe();
    },
    hurry: (wait) => atSpeed(hurrySpeed, wait),
    calmly: (wait) => atSpeed(1, wait),
  };

  async function atSpeed<Some>(other: number, wait: () => Promise<Some>): Promise<Some> {
    await page.setSpeed(other);
    try {
      return await wait();
    } finally {
      await page.setSpeed(speed);
    }
  }

  try {
    await app.start({ appKey: server.appKey, naviUrl: server.naviUrl });
    return await play(scene);
  } finally {
    await page.close();
    await server.close();
  }
}
