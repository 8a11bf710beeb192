import { readFileSync } from 'node:fs';
import { defaultPolicy, failureKinds } from 'connection-machine';
import { connectionMachine } from 'connection-machine/machine';
import { describe, expect, it } from 'vitest';
import { createMachine, type AnyStateMachine } from 'xstate';
import { documentsWithTables, withFreshTables } from '../../scripts/docTables.ts';
import { namedLimits } from '../../scripts/failureKindTable.ts';
import { totalityTables } from '../../scripts/totalityTable.ts';

const read = (document: string) => readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
const pages = ['docs/failures.md', 'docs/failures.zh-CN.md'];

it('the documents with generated tables are these', () =>
  expect(documentsWithTables).toEqual(['docs/websocket.md', 'docs/events.md', ...pages]));

it.each(documentsWithTables)('%s shows the tables that the code goes by (npm run docs:tables writes them)', (document) => {
  expect(read(document)).toBe(withFreshTables(document, read(document)));
});

it('a stale table would be noticed, and a missing marker', () => {
  const text = read('docs/failures.md');
  expect(withFreshTables('docs/failures.md', text.replace('31004', '31044'))).toBe(text);
  expect(() => withFreshTables('docs/failures.md', text.replace('<!-- android -->', ''))).toThrow('android');
});

describe('docs/events.md', () => {
  type Config = { [key: string]: Config };
  /** The chart with one change in it. */
  function changed(change: (states: Config) => void): AnyStateMachine {
    const copy = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(copy);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copy(each)]));
    };
    const config = copy(connectionMachine.config) as Config;
    change(config['states'] as Config);
    return createMachine(config as never) as AnyStateMachine;
  }
  const at = (states: Config, path: string): Config => path.split('.').reduce((state, key) => state[key] as Config, states);
  const fresh = totalityTables(connectionMachine);

  it('a copy of the chart has the same tables', () => expect(totalityTables(changed(() => undefined))).toEqual(fresh));

  const mistakes: Record<string, [change: (states: Config) => void, complaint: RegExp]> = {
    'an ignore without a word': [
      (states) => delete at(states, 'session.states.link.states.connected.states.verifying.on')['app.woke']?.['description'],
      /session\.link\.connected\.verifying: app\.woke is ignored without a word/,
    ],
    'an answer taken away': [
      (states) => delete at(states, 'session.states.link.states.recovering.on')['app.woke'],
      /session\.link\.recovering: app\.woke may be ignored, and nobody says why/,
    ],
    'a question that leaves a gap': [
      (states) => (at(states, 'session.states.kicked.on')['user.connect'] = { guard: 'isOffline', target: 'starting' } as never),
      /session\.kicked: user\.connect may be ignored, and nobody says why/,
    ],
    'an answer where a reason says that there is none': [
      (states) => (at(states, 'session.states.waiting.states.offline.on')['network.offline'] = { target: 'backoff' } as never),
      /session\.waiting\.offline: network\.offline: is not ignored because: It waits for the network already/,
    ],
    'an event that nobody has heard of': [
      (states) => (at(states, 'session.states.idle.on')['app.closed'] = { target: 'closing' } as never),
      /app\.closed: nobody says what it means/,
    ],
    'a state that nobody has heard of': [
      (states) =>
        (at(states, 'database.states')['repairing'] = { description: 'being repaired', on: { 'database.opened': 'opened' } } as never),
      /database\.repairing: database\.failed may be ignored/,
    ],
    'a state that is gone': [
      (states) => {
        delete at(states, 'renewal.states')['replacing'];
        at(states, 'renewal.states.routing')['always'] = { target: 'delivering' } as never;
        at(states, 'renewal.states.delivering.after')['attemptTimeLimit'] = { target: 'resting' } as never;
      },
      /there is no state renewal\.replacing/,
    ],
  };

  it.each(Object.entries(mistakes))('is not written when the chart has %s', (_, [change, complaint]) => {
    expect(() => totalityTables(changed(change))).toThrow(complaint);
  });

  it('is stale when an answer leads elsewhere', () => {
    const elsewhere = changed(
      (states) => (at(states, 'session.states.failed.on')['user.connect'] = { target: 'idle', actions: 'startClean' } as never),
    );
    expect(totalityTables(elsewhere)).not.toEqual(fresh);
  });

  it('its links lead to headings that exist', () => {
    const text = read('docs/events.md');
    const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^a-z ]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(20);
    for (const link of links) expect(anchors).toContain(link);
  });
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('has a row for each kind, in order', () => {
    const kinds = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, kind]) => kind);
    expect(kinds).toEqual([...failureKinds]);
  });

  it('names limits that exist', () => {
    for (const limit of namedLimits) {
      expect(Object.keys(defaultPolicy)).toContain(limit);
      expect(text).toContain(`\`${limit}\``);
    }
  });

  it('tells the numbers of the policy as they are', () => {
    const told = [...text.matchAll(/^- `(\w+)`[^\d\n]*([\d.]+) ?(s|ms|秒|次)?/gm)];
    expect(told.length).toBeGreaterThan(6);
    for (const [line, name, number, unit] of told) {
      const value = defaultPolicy[name as keyof typeof defaultPolicy];
      expect(Number(number) * (unit === 's' || unit === '秒' ? 1_000 : 1), line).toBe(value);
    }
  });

  it('links to itself and to files that exist', () => {
    for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
      if (target!.startsWith('https://')) continue;
      const [file, anchor] = target!.split('#');
      const found = file ? readFileSync(new URL(file, new URL('../../docs/', import.meta.url)), 'utf8') : text;
      if (anchor) expect(found, target).toMatch(new RegExp(`<a id="${anchor}"></a>`));
    }
  });
});

it('the two pages have the same sections, tables and snippets', () => {
  const shapes = pages.map((page) =>
    [...read(page).matchAll(/^(#+) |^(<!-- .* -->)|^(```\w*)|^\| (-?\d+) \|/gm)].map((match) => match.slice(1).join('')),
  );
  expect(shapes[0]).toEqual(shapes[1]);
});
