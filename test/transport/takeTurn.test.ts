import { describe, expect, test } from 'vitest';
import { takeTurn } from '../../src/transport/takeTurn.ts';
import { createWorld } from '../support/world.ts';

/** A clock of the test's own, and what has come to pass, in order. */
function stage() {
  const { clock } = createWorld();
  const said: string[] = [];
  const sdk = {};
  return {
    clock,
    said,
    settle: () => clock.advance(0),
    /** A link of the SDK that notes when its turn comes and when it is lost. */
    link(name: string, key: object = sdk) {
      const turn = takeTurn(key, clock);
      void turn.comes.then(() => said.push(`${name} comes`));
      void turn.lost.then(() => said.push(`${name} is lost`));
      return turn;
    },
  };
}

/** What a link is waited for whose end the SDK never confirms. ms */
const patience = 5_000;

describe('The links of one SDK take turns', () => {
  test('the first comes at once, and leaves no timer behind', async () => {
    const { link, said, clock, settle } = stage();
    const first = link('first');
    await settle();
    expect(said).toEqual(['first comes']);
    expect(first.isMine()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('the next waits for as long as the one before lives, however long', async () => {
    const { link, said, clock } = stage();
    const first = link('first');
    link('second');
    await clock.advance(3_600_000);
    expect(said).toEqual(['first comes']);
    expect(first.isMine()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('the next comes as soon as the one before is gone, and the SDK is no longer the first one’s', async () => {
    const { link, said, clock, settle } = stage();
    const first = link('first');
    const second = link('second');
    let gone!: () => void;
    first.pass(new Promise((resolve) => (gone = resolve)));
    await settle();
    expect(said).toEqual(['first comes']);
    expect(first.isMine()).toBe(true);
    gone();
    await settle();
    expect(said).toEqual(['first comes', 'first is lost', 'second comes']);
    expect(first.isMine()).toBe(false);
    expect(second.isMine()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('an end that is never confirmed is waited for 5 s, from its beginning', async () => {
    const { link, said, clock } = stage();
    const first = link('first');
    link('second');
    await clock.advance(60_000);
    first.pass(new Promise(() => undefined));
    await clock.advance(patience - 1);
    expect(said).toEqual(['first comes']);
    await clock.advance(1);
    expect(said).toEqual(['first comes', 'first is lost', 'second comes']);
    expect(first.isMine()).toBe(false);
  });

  test('a link that is given up while it waits sets no timer, and lets nobody pass the one that is still open', async () => {
    const { link, said, clock } = stage();
    const first = link('first');
    const second = link('second');
    link('third');
    second.pass(Promise.resolve());
    await clock.advance(60_000);
    expect(said).toEqual(['first comes']);
    expect(clock.pending).toBe(0);
    first.pass(Promise.resolve());
    await clock.advance(0);
    expect(said).toContain('third comes');
    expect(second.isMine()).toBe(false);
    expect(clock.pending).toBe(0);
  });

  test('a link that is given up while it waits for an end that is not confirmed takes its timer along', async () => {
    const { link, clock, settle } = stage();
    const first = link('first');
    const second = link('second');
    first.pass(new Promise(() => undefined));
    await settle();
    expect(clock.pending).toBe(1);
    second.pass(Promise.resolve());
    expect(clock.pending).toBe(0);
  });

  test('nor does it set one when the end of the one before begins later, and is not confirmed', async () => {
    const { link, clock, settle } = stage();
    const first = link('first');
    const second = link('second');
    second.pass(Promise.resolve());
    first.pass(new Promise(() => undefined));
    await settle();
    expect(clock.pending).toBe(0);
  });

  test('whoever comes after two ends that are not confirmed waits once, not twice', async () => {
    const { link, said, clock } = stage();
    const first = link('first');
    const second = link('second');
    link('third');
    first.pass(new Promise(() => undefined));
    second.pass(new Promise(() => undefined));
    await clock.advance(patience - 1);
    expect(said).toEqual(['first comes']);
    await clock.advance(1);
    expect(said).toContain('third comes');
  });

  test('the links of two SDKs do not wait for each other', async () => {
    const { link, said, settle } = stage();
    link('one');
    link('other', {});
    await settle();
    expect(said).toEqual(['one comes', 'other comes']);
  });
});
