import { connect, Socket } from 'node:net';

/** The scope's only way to the network: whatever is not on this machine is refused before a name is looked up or a packet leaves. */
export interface LoopbackOnly {
  /** Hosts that something in the scope wanted to reach, in order, each once. */
  readonly blocked: readonly string[];
  /** May the scope go there? A refusal is kept in `blocked`. */
  admits(url: URL): boolean;
  /** For the option `createConnection`: a socket to this machine, or a dead one. */
  connectTo(url: URL): Socket;
}

const thisMachine = new Set(['127.0.0.1', 'localhost']);
const plain = new Set(['http:', 'ws:']);

export function createLoopbackOnly(): LoopbackOnly {
  const blocked = new Set<string>();
  const admits = ({ protocol, hostname }: URL) => {
    const isHere = thisMachine.has(hostname);
    if (!isHere) blocked.add(hostname);
    return isHere && plain.has(protocol);
  };
  return {
    get blocked() {
      return [...blocked];
    },
    admits,
    connectTo(url) {
      // The address is written here, whatever the URL says.
      if (admits(url)) return connect({ host: '127.0.0.1', port: Number(url.port || 80) });
      const dead = new Socket();
      process.nextTick(() => dead.destroy(new Error('refused: not this machine')));
      return dead;
    },
  };
}
