import { rongCloudReactNativeTransport } from 'connection-machine/transports/rongcloud-native';
import { describe, expect, it } from 'vitest';
import { controlledClock } from 'connection-machine/testing';
import { fakeNative } from './support/fakeNative.ts';
import { nativeWorld } from './support/nativeWorld.ts';
import { openAlone } from './support/openAlone.ts';
import { realImlib } from './support/realImlib.ts';

const platforms = ['ios', 'android'] as const;
type Platform = (typeof platforms)[number];

function setUp(platform: Platform) {
  const clock = controlledClock();
  const native = fakeNative(clock);
  const sdk = realImlib(native, platform);
  const transport = rongCloudReactNativeTransport(sdk.lib, { platform, clock });
  return {
    clock,
    native,
    sdk,
    open: (timeLimit?: number) => openAlone(transport, 'token-1', timeLimit),
    async openIn() {
      const link = openAlone(transport);
      await clock.advance(100);
      link.reported.length = 0;
      return link;
    },
  };
}

const worldOn = (platform: Platform, token?: string) =>
  nativeWorld({
    ...(token !== undefined && { token }),
    transportOver: (native, clock) => rongCloudReactNativeTransport(realImlib(native, platform).lib, { platform, clock }),
  });

describe.each(platforms)('over the real rongcloud-react-native-imlib on %s', (platform) => {
  it('reports who is in', async () => {
    const { clock, native, open } = setUp(platform);
    const link = open(5_000);
    await clock.advance(100);
    expect(link.reported).toEqual([['success', { userId: 'ann' }]]);
    expect(native.calls).toEqual(['connect token-1 0']);
  });

  it.each([
    [31004, 'tokenIncorrect'],
    [31009, 'blocked'],
    [31023, 'kicked'],
    [31002, 'configuration'],
    [30002, 'network'],
    [39999, 'unknown'],
  ])('reports %i as %s, once', async (code, kind) => {
    for (const tells of ['callback first', 'status first'] as const) {
      const { clock, native, open } = setUp(platform);
      native.tells = tells;
      native.server.answer = () => code;
      const link = open();
      await clock.advance(100);
      // Android's SDK of that time has no status for a blocked user
      expect(link.reported).toEqual([['error', expect.objectContaining({ kind })]]);
    }
  });

  it('goes through an interruption', async () => {
    const { clock, native, openIn } = setUp(platform);
    const link = await openIn();
    native.drop();
    await clock.advance(100);
    expect(link.reported).toEqual([
      ['interrupted', expect.objectContaining({ kind: 'network' })],
      ['success', { userId: 'ann' }],
    ]);
  });

  it('gives its listener back, keeps pushes, and stops them on a sign-out', async () => {
    for (const logout of [false, true]) {
      const { native, sdk, openIn } = setUp(platform);
      const link = await openIn();
      expect(sdk.statusListeners).toBe(1);
      await link.close(logout);
      expect(sdk.statusListeners).toBe(0);
      expect([native.push, native.user]).toEqual([!logout, undefined]);
      expect(link.reported).toEqual([]);
    }
  });

  it('the secret was refreshed: a new token, and the user is in', async () => {
    const world = worldOn(platform, 'old');
    world.native.server.answer = (token) => (token === 'old' ? 31004 : { userId: 'ann' });
    await world.connect();
    await world.clock.advance(1_000);
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'ann', database: 'closed' });
    expect(world.requests).toEqual(['incorrect']);
  });

  it('a person is asked after the brain’s own limit: this SDK has none', async () => {
    const world = worldOn(platform);
    world.native.server.isReachable = false;
    await world.connect();
    await world.clock.advance(5_000);
    expect(world.snapshot.status).toBe('prompting');
    expect(world.native.state).toBe('idle');
  });

  it('a session that is there already is ended first', async () => {
    const world = worldOn(platform);
    world.native.bringSessionOf('bob');
    await world.connect();
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'ann' });
  });
});

describe('the same number means different things', () => {
  it.each([
    ['ios', 3, undefined, undefined],
    ['ios', 6, 'error', 'kicked'],
    ['ios', 10, 'interrupted', undefined],
    ['ios', 11, 'error', 'network'],
    ['ios', 12, 'error', 'forbidden'],
    ['ios', 31004, 'error', 'tokenIncorrect'],
    ['ios', 31011, 'error', 'blocked'],
    ['android', 3, 'error', 'kicked'],
    ['android', 4, 'error', 'tokenIncorrect'],
    ['android', 1, 'interrupted', undefined],
    ['android', 2, 'error', 'network'],
    ['android', 10, undefined, undefined],
  ] as const)('on %s status %i: %s %s', async (platform, status, what, kind) => {
    const { sdk, openIn } = setUp(platform);
    const link = await openIn();
    sdk.status(status);
    expect(link.reported).toEqual(what ? [[what, kind && expect.objectContaining({ kind })]] : []);
  });
});
