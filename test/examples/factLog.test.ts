import { describe, expect, it } from 'vitest';
import type { Fact, What } from '../../examples/local-im/shared/Fact.ts';
import { createFactLog } from '../../examples/local-im/story/createFactLog.ts';

const never = 60_000;
const fact = (what: What): Fact => ({ actor: 'brain', what, text: what });
const is = (what: What) => (one: Fact) => one.what === what;

describe('waiting for a fact', () => {
  it('takes one that was told already, but none from before', async () => {
    const log = createFactLog(() => undefined);
    log.tell(fact('connected'));
    const here = log.position();
    log.tell(fact('kicked'));
    expect(await log.find(here, is('kicked'), never)).toBe(2);
    let found = false;
    const second = log.find(here, is('connected'), never).then(() => (found = true));
    log.tell(fact('failed'));
    await undefined;
    expect(found).toBe(false);
    log.tell(fact('connected'));
    await second;
  });

  it('fails as soon as the opposite is told, and not when it comes later', async () => {
    const log = createFactLog(() => undefined);
    const failing = log.find(0, is('databaseOpened'), never, is('connected'));
    log.tell(fact('connected'));
    log.tell(fact('databaseOpened'));
    await expect(failing).rejects.toThrow('instead: brain: connected');
    expect(await log.find(1, is('databaseOpened'), never, is('connected'))).toBe(2);
  });

  it('fails when nothing comes', async () => {
    await expect(createFactLog(() => undefined).find(0, is('connected'), 1)).rejects.toThrow('nothing of the kind');
  });

  it('fails when it is interrupted, before or meanwhile', async () => {
    const stop = new AbortController();
    const log = createFactLog(() => undefined, stop.signal);
    const waiting = log.find(0, is('connected'), never);
    stop.abort();
    await expect(waiting).rejects.toThrow('interrupted');
    await expect(log.find(0, is('connected'), never)).rejects.toThrow('interrupted');
  });
});
