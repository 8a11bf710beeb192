import { vi } from 'vitest';

/** Sockets and requests as a browser makes them, none of which reaches anybody. */
export function stubNetwork() {
  const sockets: FakeSocket[] = [];
  const requests: FakeRequest[] = [];

  class FakeSocket extends EventTarget {
    static readonly OPEN = 1;
    onopen: ((event: object) => void) | null = null;
    onmessage: ((event: object) => void) | null = null;
    onerror: ((event: object) => void) | null = null;
    onclose: ((event: object) => void) | null = null;
    closed = false;
    readonly url: string;
    constructor(url: string) {
      super();
      this.url = url;
      sockets.push(this);
    }
    close(): void {
      this.closed = true;
    }
    say(): void {
      const event = new Event('message');
      this.onmessage?.(event);
      this.dispatchEvent(event);
    }
  }

  class FakeRequest extends EventTarget {
    onreadystatechange: (() => void) | null = null;
    onerror: (() => void) | null = null;
    readyState = 0;
    status = 0;
    responseText = '';
    url = '';
    state: 'new' | 'opened' | 'sent' | 'aborted' = 'new';
    constructor() {
      super();
      requests.push(this);
    }
    open(_method: string, url: string): void {
      this.url = url;
      this.state = 'opened';
    }
    send(_body?: string): void {
      this.state = 'sent';
    }
    abort(): void {
      this.state = 'aborted';
    }
  }

  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  return { sockets, requests, FakeSocket, FakeRequest };
}

export const imUrl = 'ws://127.0.0.1:1/websocket?appId=app&token=abc&sdkVer=5.38.0';
export const naviUrl = 'http://127.0.0.1:1/v2/navi.json?cloud=0';
