import type { Connection } from 'connection-machine';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileNameOf, readDocument, snippetsIn } from './support/documents.ts';
import { fakeEngine, fakeModules, SilentWebSocket, type Answer } from './support/fakeSdks.ts';
import { bundleSnippet, runBundle } from './support/runSnippet.ts';

// What the guide tells people to write is taken out of it and run, through the three branches of the FAQ.

const guides = ['docs/migrating-from-rongcloud-sdk.md', 'docs/migrating-from-rongcloud-sdk.zh-CN.md'];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe.each(guides)('%s', (guide) => {
  const text = readDocument(guide);
  const app = snippetsIn(text).find((code) => fileNameOf(code) === 'app.ts') ?? '';
  const sections = [...text.matchAll(/<a id="([\w-]+)"><\/a>([^]*?)(?=<a id=|$)/g)].map(([, id, section]) => ({
    id: id ?? '',
    after: snippetsIn(section ?? '').filter((code) => code.includes('createConnection(')),
  }));

  it('has a section for each shape, with one snippet to write instead', () => {
    expect(sections.map(({ id }) => id)).toEqual(Object.keys(fakeModules));
    for (const { id, after } of sections) expect(after, id).toHaveLength(1);
  });

  describe.each(sections)('what to write instead of $id', ({ id, after }) => {
    /** The snippet with its SDK, a server, an App Server and a person. */
    async function play({ answer, tokens, person }: { answer: Answer; tokens: string[]; person: () => boolean }) {
      const modules = fakeModules[id]?.(answer) ?? {};
      const bundle = await bundleSnippet(after[0] ?? '', { './app': app }, Object.keys(modules));
      const asked: string[] = [];
      const shown: string[] = [];
      vi.stubGlobal('fetch', async (url: string) => {
        asked.push(url);
        return { ok: true, json: async () => ({ token: tokens.shift() }) };
      });
      vi.stubGlobal('confirm', person);
      vi.stubGlobal('WebSocket', SilentWebSocket);
      const page = {
        set title(title: string) {
          shown.push(title);
        },
      };
      vi.stubGlobal('document', page);
      const exported = await runBundle(bundle, modules);
      const connection = (
        typeof exported['createMyConnection'] === 'function' ? exported['createMyConnection'](fakeEngine(answer)) : exported['connection']
      ) as Connection;
      return { connection, asked, shown };
    }
    /** Signed out, nothing is left. */
    async function leave(connection: Connection) {
      const left = connection.disconnect();
      await vi.advanceTimersByTimeAsync(1_000);
      await left;
      expect(vi.getTimerCount()).toBe(0);
      expect(globalThis.WebSocket).toBe(SilentWebSocket);
    }
    const nobody = () => {
      throw new Error('nobody should be asked');
    };

    it('a refused token: a new one is fetched, and the user is in', async () => {
      const { connection, asked, shown } = await play({
        answer: (token) => (token === 'new' ? { userId: 'ann' } : 31004),
        tokens: ['old', 'new'],
        person: nobody,
      });
      await vi.advanceTimersByTimeAsync(4_000);
      expect(connection.getSnapshot()).toMatchObject({ status: 'connected', userId: 'ann' });
      expect(asked).toEqual(['/im/token?because=initial', '/im/token?because=incorrect']);
      expect(shown.at(-1)).toContain('ann');
      const hasDatabase = after[0]?.includes("'databaseOpened'");
      expect(connection.getSnapshot().database).toBe(hasDatabase ? 'opened' : 'closed');
      await leave(connection);
    });

    it('no answer: the person is asked after 5 s, says yes, and is in', async () => {
      let isSilent = true;
      const person = vi.fn(() => {
        isSilent = false;
        return true;
      });
      const { connection } = await play({
        answer: () => (isSilent ? 'nothing' : { userId: 'ann' }),
        tokens: ['token'],
        person,
      });
      await vi.advanceTimersByTimeAsync(4_900);
      expect(person).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(6_000);
      expect(person).toHaveBeenCalledTimes(1);
      expect(connection.getSnapshot().status).toBe('connected');
      await leave(connection);
    });

    it('no answer, and the person says no: nothing runs any more', async () => {
      const { connection } = await play({ answer: () => 'nothing', tokens: ['token'], person: () => false });
      await vi.advanceTimersByTimeAsync(20_000);
      expect(connection.getSnapshot()).toMatchObject({ status: 'idle', failure: { kind: 'timeout' } });
      expect(vi.getTimerCount()).toBe(0);
    });

    it.each([
      [30001, 'waiting', 'network'],
      [31002, 'failed', 'configuration'],
      [31009, 'failed', 'blocked'],
      [31010, 'kicked', 'kicked'],
    ])('code %i: %s, and both kind and code are there to show', async (code, status, kind) => {
      const { connection, shown } = await play({ answer: () => code, tokens: ['token'], person: () => false });
      const seen: string[] = [];
      connection.subscribe((snapshot) => void seen.push(snapshot.status));
      await vi.advanceTimersByTimeAsync(4_000);
      expect(seen).toContain(status);
      expect(shown).toContain(`${status}: ${kind} ${code}`);
      await leave(connection);
    });
  });
});
