import { systemClock, type Clock } from './Clock.ts';
import type { PlatformSignals } from './PlatformSignals.ts';

/** How often to look at the wall clock, and how large a gap between two looks means sleep. ms */
const lookEvery = 10_000;
const sleptWhenVisible = 30_000;
/** Browsers slow the timers of hidden pages down to one a minute: that is not sleep. */
const sleptWhenHidden = 120_000;

/**
 * What a page knows: `online`/`offline`, visibility, the back/forward cache, and sleep, noticed by a gap in the wall clock.
 *
 * The page's word for "online" is not trusted (it means "some interface is up"), so only "offline" is reported at the start.
 * https://developer.mozilla.org/en-US/docs/Web/API/Navigator/onLine
 */
export function browserSignals({ clock = systemClock }: { clock?: Clock } = {}): PlatformSignals {
  return {
    subscribe(report) {
      let lastLook = clock.now();
      let timer: unknown;

      const look = (isSleep: number) => {
        const gap = clock.now() - lastLook;
        lastLook = clock.now();
        clock.clearTimeout(timer);
        timer = clock.setTimeout(lookAgain, lookEvery);
        if (gap > isSleep) report.woke(gap);
      };
      const lookAgain = () => look(document.visibilityState === 'hidden' ? sleptWhenHidden : sleptWhenVisible);
      const onVisibility = () => {
        // it was hidden until now, or will be from now on
        look(sleptWhenHidden);
        report.app(document.visibilityState === 'visible');
      };
      const onPageShow = (event: PageTransitionEvent) => {
        // back from the back/forward cache, where sockets are cut
        if (!event.persisted) return;
        const gap = clock.now() - lastLook;
        lastLook = clock.now();
        report.woke(gap);
      };
      const onOnline = () => report.network(true);
      const onOffline = () => report.network(false);

      window.addEventListener('online', onOnline);
      window.addEventListener('offline', onOffline);
      window.addEventListener('pageshow', onPageShow);
      document.addEventListener('visibilitychange', onVisibility);
      timer = clock.setTimeout(lookAgain, lookEvery);
      if (navigator.onLine === false) report.network(false);

      return () => {
        clock.clearTimeout(timer);
        window.removeEventListener('online', onOnline);
        window.removeEventListener('offline', onOffline);
        window.removeEventListener('pageshow', onPageShow);
        document.removeEventListener('visibilitychange', onVisibility);
      };
    },
  };
}
