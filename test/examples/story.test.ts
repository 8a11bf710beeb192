import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { tellStory } from '../../examples/local-im/story/tellStory.ts';
import { chapters } from './support/steps.ts';
import { atEnd, useServers } from './support/useServers.ts';

/** Far longer than anything here takes: no test waits for it. */
const stepLimit = 60_000;

describe('the story', { timeout: 60_000 }, () => {
  it('happens, and says neither Secret nor token, password, session or key', async () => {
    const secrets: Buffer[] = [];
    const newSecret = () => {
      const secret = randomBytes(32);
      secrets.push(secret);
      return secret;
    };
    const servers = await useServers({ newSecret });
    const lines: string[] = [];
    expect(await tellStory({ servers, write: (line) => lines.push(line), stepLimit })).toBe(true);
    const text = lines.join('\n');
    expect(text.match(/✓/g)).toHaveLength(chapters.flatMap(([, steps]) => steps).length + 1);
    expect(text).not.toContain('✗');
    expect(text).not.toMatch(/eyJ[\w-]+\./);
    expect(secrets).toHaveLength(2);
    const shapes = secrets.flatMap((secret) => [secret.toString('hex'), secret.toString('base64'), secret.toString('base64url')]);
    for (const own of [...shapes, servers.passwords.alice, servers.adminKey]) expect(text.includes(own)).toBe(false);
    expect(servers.im.sockets()).toBe(0);
  });

  it('fails at the step that does not happen, and tries no further: a refreshed Secret that is the old one', async () => {
    const secret = randomBytes(32);
    const servers = await useServers({ newSecret: () => secret });
    const lines: string[] = [];
    expect(await tellStory({ servers, write: (line) => lines.push(line), stepLimit })).toBe(false);
    const text = lines.join('\n');
    expect(text).toContain('✗ TOKEN_INCORRECT: the IM server refuses the old token');
    expect(text).toContain('instead: im server: accepted alice');
    expect(text).toContain('did not happen.');
    expect(text).not.toContain('✓ the brain drops the token');
    expect(text).not.toContain('timeout → prompt');
    expect(servers.im.sockets()).toBe(0);
  });

  it('ends when it is interrupted, and leaves nothing behind', async () => {
    const servers = await useServers();
    const stop = new AbortController();
    servers.onFact(({ what }) => {
      if (what === 'connect.received') stop.abort();
    });
    const lines: string[] = [];
    const temporary = await mkdtemp(join(tmpdir(), 'local-im-test-'));
    vi.stubEnv('TMPDIR', temporary);
    atEnd(async () => {
      vi.unstubAllEnvs();
      await rm(temporary, { recursive: true });
    });
    expect(await tellStory({ servers, write: (line) => lines.push(line), stepLimit, signal: stop.signal })).toBe(false);
    expect(lines.join('\n')).toContain('interrupted');
    expect(servers.im.sockets()).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  });
});
