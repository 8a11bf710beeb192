import { describe, expect, it } from 'vitest';
import { ailments } from '../../../bench/healing/ailments/index.ts';
import { openChromiumPage } from '../../../bench/healing/chromiumPage.ts';
import type { SdkName } from '../../../bench/healing/pages.ts';
import { playsOf, type Play } from '../../../bench/healing/plays.ts';
import { playScene } from '../../../bench/healing/Scene.ts';
import { useChromium } from '../../support/chromium.ts';
import { createPool } from './createPool.ts';
import { createWitness } from './createWitness.ts';

/** Pages at one time: they mostly wait, but a machine may have two cores, and other tests to run. */
const atOnce = 3;

const token = /eyJ[\w-]+\.eyJ/;

/** RongCloud's protocol wants the token in the socket's URL, and a browser quotes the URL of a socket that it could not open. */
const refusedSocket = /^WebSocket connection to 'ws:\/\/127\.0\.0\.1:\d+\/websocket\?[^']*' failed: /;

/** Where the SDK wants to go beyond what it was told. */
const vendorHosts: Readonly<Record<SdkName, readonly string[]>> = {
  // for its configuration, at init(); it works without
  v5: ['dualstack-cloudcontrol.rong-edge.com'],
  v4: [],
  v2: [],
};

/** Every row of the healing table that names one of these SDKs, unmodified, in real pages. */
export function playInChromium(sdks: readonly SdkName[], ways: readonly Play['how'][]): void {
  const chromium = useChromium();
  const inTurn = createPool(atOnce);
  const plays = playsOf(ailments)
    .filter(({ sdk, how }) => sdks.includes(sdk) && ways.includes(how))
    .map((play) => ({ ...play, name: `${play.sdk}, ${play.ailment.title}: ${play.how === 'bare' ? 'the SDK alone is ill' : 'healed'}` }));

  // the limit counts from where it waits for its turn
  describe('with the unmodified SDK in Chromium', { timeout: 180_000 }, () => {
    it.concurrent.each(plays.map((play) => [play.name, play] as const))('%s', async (_, { ailment, sdk, how }) => {
      const witness = createWitness();
      const text = await inTurn(() => playScene(sdk, openChromiumPage(chromium(), witness.watch), (scene) => ailment[how](scene)));
      expect(text).not.toBe('');

      expect(witness.said.filter((line) => token.test(line))).toEqual([]);
      expect(witness.saidByBrowser.filter((line) => token.test(line) && !refusedSocket.test(line))).toEqual([]);
      expect([...witness.reached]).toEqual(['127.0.0.1']);
      expect([...witness.failed].filter((host) => host !== '127.0.0.1')).toEqual(vendorHosts[sdk]);
    });
  });
}
