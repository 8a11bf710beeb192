import type { OpenLink, OpenRequest, Transport, TransportReport } from 'connection-machine';

/** One link that the brain asked for: what it was given, and handles to play the server's part. */
export interface FakeLink {
  readonly request: OpenRequest;
  readonly token: string;
  readonly report: TransportReport;
  state: 'open' | 'closing' | 'closed';
  logout: boolean | undefined;
  /** Settles a close that was held back. */
  settleClose(): void;
}

export interface FakeTransportOptions {
  /** Play the server: called when a link is opened. */
  onOpen?: (link: FakeLink) => void;
  /** Hold every close back until `settleClose()`. */
  slowClose?: boolean;
  verify?: (signal: AbortSignal) => Promise<void>;
  renew?: OpenLink['renew'];
}

/** A transport without a network. It keeps count of what the laws speak of: how many links are open at one time. */
export interface FakeTransport extends Transport {
  readonly links: FakeLink[];
  readonly last: FakeLink;
  /** Links that are open or opening at this moment. */
  readonly live: number;
  /** The most that were ever live at one instant. */
  readonly mostLive: number;
  options: FakeTransportOptions;
}

export function fakeTransport(options: FakeTransportOptions = {}): FakeTransport {
  const links: FakeLink[] = [];
  let mostLive = 0;
  const live = () => links.filter(({ state }) => state !== 'closed').length;

  return {
    links,
    options,
    get last() {
      const link = links[links.length - 1];
      if (!link) throw new Error('fakeTransport: no link was opened');
      return link;
    },
    get live() {
      return live();
    },
    get mostLive() {
      return mostLive;
    },
    open(request, report) {
      let settleClose: () => void = () => undefined;
      const link: FakeLink = {
        request,
        token: request.token.reveal(),
        report,
        state: 'open',
        logout: undefined,
        settleClose: () => settleClose(),
      };
      links.push(link);
      mostLive = Math.max(mostLive, live());
      this.options.onOpen?.(link);
      const { verify, renew, slowClose } = this.options;
      return {
        close(how) {
          link.logout = how?.logout;
          if (!slowClose) {
            link.state = 'closed';
            return undefined;
          }
          link.state = 'closing';
          return new Promise<void>((resolve) => {
            settleClose = () => {
              link.state = 'closed';
              resolve();
            };
          });
        },
        ...(verify && { verify }),
        ...(renew && { renew }),
      };
    },
  };
}
