import { browserSignals } from 'connection-machine/platform/browser';
import { afterEach, describe, expect, it } from 'vitest';
import { controlledClock } from 'connection-machine/testing';
import { fakePage, type FakePage } from '../support/fakePage.ts';

let page: FakePage | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

/** A page that is listened to, and what it has reported. */
function listen(how: { onLine?: boolean | undefined } = {}) {
  const opened = fakePage(how);
  page = opened;
  const clock = controlledClock();
  const said: string[] = [];
  const signals = browserSignals({ clock });
  const subscribe = () =>
    signals.subscribe({
      network: (online) => void said.push(online ? 'online' : 'offline'),
      app: (foreground) => void said.push(foreground ? 'foreground' : 'background'),
      woke: (sleptMs) => void said.push(`woke after ${sleptMs}`),
    });
  const stop = subscribe();
  return {
    page: opened,
    clock,
    said,
    stop,
    subscribe,
    /** The machine sleeps: the wall clock goes on, timers do not. */
    async sleep(ms: number) {
      clock.jump(ms);
      await clock.advance(10_000);
    },
    show(visibility: 'visible' | 'hidden') {
      opened.visibility = visibility;
      opened.fire('document', 'visibilitychange');
    },
  };
}

describe('browserSignals: the network', () => {
  it('passes online and offline on', () => {
    const { page: tab, said } = listen();
    tab.fire('window', 'offline');
    tab.fire('window', 'online');
    tab.fire('window', 'online');
    expect(said).toEqual(['offline', 'online', 'online']);
  });

  it('says at once when there is none', () => {
    expect(listen({ onLine: false }).said).toEqual(['offline']);
  });

  it.each([true, undefined])('does not believe that there is one: navigator.onLine %s says nothing', (onLine) => {
    expect(listen({ onLine }).said).toEqual([]);
  });
});

describe('browserSignals: the app', () => {
  it('goes to the background and comes back', () => {
    const { show, said } = listen();
    show('hidden');
    show('visible');
    expect(said).toEqual(['background', 'foreground']);
  });
});

describe('browserSignals: sleep', () => {
  it('is not noticed where there is none, however long it goes on', async () => {
    const { clock, said } = listen();
    await clock.advance(3_600_000);
    expect(said).toEqual([]);
    expect(clock.pending).toBe(1);
  });

  it('is noticed by the gap that it leaves in the wall clock, once', async () => {
    const { sleep, clock, said } = listen();
    await sleep(3_600_000);
    await clock.advance(60_000);
    expect(said).toEqual(['woke after 3610000']);
  });

  it('that is short is not worth a word', async () => {
    const { sleep, said } = listen();
    await sleep(20_000);
    expect(said).toEqual([]);
    await sleep(20_001);
    expect(said).toEqual(['woke after 30001']);
  });

  it('of a hidden page needs a longer gap: browsers let its timers run once a minute', async () => {
    const { sleep, show, said } = listen();
    show('hidden');
    await sleep(60_000);
    await sleep(110_000);
    expect(said).toEqual(['background']);
    await sleep(110_001);
    expect(said).toEqual(['background', 'woke after 120001']);
  });

  it('is not mistaken for slowed timers when a hidden page comes back', async () => {
    const { clock, show, said } = listen();
    show('hidden');
    // the next look, slowed down to one a minute, has not come yet
    clock.jump(55_000);
    show('visible');
    expect(said).toEqual(['background', 'foreground']);
    await clock.advance(60_000);
    expect(said).toEqual(['background', 'foreground']);
  });

  it('is noticed as soon as the page is looked at again, before the app is said to be in front', () => {
    const { clock, show, said } = listen();
    show('hidden');
    clock.jump(3_600_000);
    show('visible');
    expect(said).toEqual(['background', 'woke after 3600000', 'foreground']);
  });

  it('is over when the clock is set back, and counted from there', async () => {
    const { clock, sleep, said } = listen();
    clock.jump(-86_400_000);
    await clock.advance(30_000);
    expect(said).toEqual([]);
    await sleep(60_000);
    expect(said).toEqual(['woke after 70000']);
  });

  it('in the back/forward cache is always worth a word: sockets are cut there', () => {
    const { page: tab, clock, said } = listen();
    clock.jump(1_000);
    tab.fire('window', 'pageshow', { persisted: true });
    expect(said).toEqual(['woke after 1000']);
  });

  it('in the back/forward cache is told once, though the page becomes visible too', () => {
    const { page: tab, clock, show, said } = listen();
    show('hidden');
    clock.jump(3_600_000);
    tab.fire('window', 'pageshow', { persisted: true });
    show('visible');
    expect(said).toEqual(['background', 'woke after 3600000', 'foreground']);
  });

  it('is not what a first pageshow means', () => {
    const { page: tab, clock, said } = listen();
    clock.jump(1_000);
    tab.fire('window', 'pageshow', { persisted: false });
    expect(said).toEqual([]);
  });

  it('is looked for with one timer, however often the page is shown and hidden', () => {
    const { clock, show } = listen();
    for (let times = 0; times < 20; times++) show(times % 2 ? 'visible' : 'hidden');
    expect(clock.pending).toBe(1);
  });
});

describe('browserSignals: listening', () => {
  it('stops with everything it started: no listener and no timer is left', async () => {
    const { page: tab, clock, stop, said } = listen();
    expect(tab.listeners).toEqual(['document.visibilitychange', 'window.offline', 'window.online', 'window.pageshow']);
    expect(clock.pending).toBe(1);
    stop();
    expect(tab.listeners).toEqual([]);
    expect(clock.pending).toBe(0);
    tab.fire('window', 'offline');
    clock.jump(3_600_000);
    await clock.advance(60_000);
    expect(said).toEqual([]);
  });

  it('leaves no timer when the page has been looked at in between', async () => {
    const { clock, show, stop, sleep } = listen();
    await clock.advance(25_000);
    show('hidden');
    await sleep(3_600_000);
    show('visible');
    stop();
    expect(clock.pending).toBe(0);
  });

  it('may be done twice, each stopped by itself', () => {
    const { page: tab, subscribe, stop, said } = listen();
    const stopSecond = subscribe();
    tab.fire('window', 'offline');
    expect(said).toEqual(['offline', 'offline']);
    stop();
    tab.fire('window', 'online');
    expect(said).toEqual(['offline', 'offline', 'online']);
    stopSecond();
    expect(tab.listeners).toEqual([]);
  });

  it('may start again after it was stopped', () => {
    const { page: tab, subscribe, stop, said } = listen();
    stop();
    const stopAgain = subscribe();
    tab.fire('window', 'offline');
    expect(said).toEqual(['offline']);
    stopAgain();
  });

  it('does nothing when it is made, only when it is subscribed to', () => {
    const tab = fakePage();
    page = tab;
    const clock = controlledClock();
    browserSignals({ clock });
    browserSignals();
    expect(tab.listeners).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
