import type { PlainAnswer, Requests } from './createRequests.ts';

type Handler = ((event: Event) => void) | null;

/** `XMLHttpRequest` with what the SDKs use of it: text in, text out, states 1, 2 and 4, no CORS. */
export function createXmlHttpRequest(requests: Requests, guard: (handler: () => void) => void, baseUrl: string) {
  return class XMLHttpRequest extends EventTarget {
    readonly UNSENT = 0;
    readonly OPENED = 1;
    readonly HEADERS_RECEIVED = 2;
    readonly LOADING = 3;
    readonly DONE = 4;
    readyState = 0;
    status = 0;
    statusText = '';
    responseText = '';
    responseURL = '';
    responseType = '';
    /** The SDKs look for it to tell a real XMLHttpRequest from a very old one. */
    withCredentials = false;
    timeout = 0;
    readonly upload = new EventTarget();
    onreadystatechange: Handler = null;
    onload: Handler = null;
    onerror: Handler = null;
    onabort: Handler = null;
    onloadend: Handler = null;
    ontimeout: Handler = null;
    onprogress: Handler = null;
    #method = 'GET';
    #headers: Record<string, string> = {};
    #answer: PlainAnswer | undefined;
    #abort: (() => void) | undefined;

    get response(): unknown {
      return this.responseType === 'json' ? JSON.parse(this.responseText) : this.responseText;
    }

    open(method: string, url: string): void {
      this.#method = method.toUpperCase();
      this.#headers = {};
      this.responseURL = new URL(url, baseUrl).href;
      this.#become(1);
    }

    setRequestHeader(name: string, value: string): void {
      this.#headers[name.toLowerCase()] = value;
    }

    send(body?: string | null): void {
      const request = { method: this.#method, url: new URL(this.responseURL), headers: this.#headers, body: body ?? undefined };
      this.#abort = requests.send(request, (answer) => this.#settle(answer)).abort;
    }

    abort(): void {
      const isRunning = this.#abort !== undefined && this.readyState < 4;
      this.#abort?.();
      this.#abort = undefined;
      if (isRunning) {
        this.#become(4);
        this.#tell('abort');
        this.#tell('loadend');
      }
      this.readyState = 0;
    }

    getResponseHeader(name: string): string | null {
      return this.#answer?.headers.get(name.toLowerCase()) ?? null;
    }

    getAllResponseHeaders(): string {
      return [...(this.#answer?.headers ?? [])].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    }

    #settle(answer: PlainAnswer | undefined): void {
      this.#abort = undefined;
      this.#answer = answer;
      if (answer) {
        this.status = answer.status;
        this.statusText = answer.statusText;
        this.#become(2);
        this.responseText = answer.text;
      }
      this.#become(4);
      this.#tell(answer ? 'load' : 'error');
      this.#tell('loadend');
    }

    #become(state: number): void {
      this.readyState = state;
      this.#tell('readystatechange');
    }

    #tell(type: 'readystatechange' | 'load' | 'error' | 'abort' | 'loadend'): void {
      const event = new Event(type);
      guard(() => this[`on${type}`]?.(event));
      this.dispatchEvent(event);
    }
  };
}
