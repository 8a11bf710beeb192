import type { ConsoleMessage, Page, Request } from 'playwright-core';

/** What a page said, and where it went. */
export interface Witness {
  /** To be called before anything runs in the page. */
  readonly watch: (page: Page) => void;
  /** The page's console and the errors that nobody caught, in their own words. */
  readonly said: readonly string[];
  /** The same for what the browser itself writes there, about a socket or a request that failed. */
  readonly saidByBrowser: readonly string[];
  /** Where it got an answer, or opened a socket. */
  readonly reached: ReadonlySet<string>;
  /** Where it wanted to go in vain. */
  readonly failed: ReadonlySet<string>;
}

export function createWitness(): Witness {
  const said: string[] = [];
  const saidByBrowser: string[] = [];
  const reached = new Set<string>();
  const failed = new Set<string>();
  const hostOf = (url: string) => new URL(url).hostname;
  return {
    said,
    saidByBrowser,
    reached,
    failed,
    watch(page) {
      page.on('console', (message) => void (isOfBrowser(message) ? saidByBrowser : said).push(message.text()));
      page.on('pageerror', ({ stack, message }) => void said.push(stack ?? message));
      page.on('response', (response) => void reached.add(hostOf(response.url())));
      page.on('requestfailed', (request: Request) => void failed.add(hostOf(request.url())));
      // one that is refused is here, too: it has a URL, and no answer that is told
      page.on('websocket', (socket) => void reached.add(hostOf(socket.url())));
    },
  };
}

/** A script logs values; what the browser reports is a text without any. */
function isOfBrowser(message: ConsoleMessage): boolean {
  return message.args().length === 0;
}
