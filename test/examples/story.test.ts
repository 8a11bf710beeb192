import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { hearStory } from './support/hearStory.ts';
import { chapters } from './support/steps.ts';
import { atEnd } from './support/useServers.ts';

const key = /[\w-]{20,}/;

describe('the story', { timeout: 60_000 }, () => {
  it('happens, and says neither Secret nor token, password, session or key', async () => {
    const { servers, happened, text, secretCount, secrets } = await hearStory();
    expect(happened, text).toBe(true);
    expect(text.match(/✓/g)).toHaveLength(chapters.flatMap(([, steps]) => steps).length + 1);
    expect(text).not.toContain('✗');
    expect(text).not.toMatch(/eyJ[\w-]+\./);
    expect(secretCount).toBe(2);
    for (const own of secrets) expect(text.includes(own)).toBe(false);
    // a session is a key like this one
    expect(servers.adminKey).toMatch(key);
    expect(text).not.toMatch(key);
    expect(servers.im.sockets()).toBe(0);
  });

  it('fails at the step that does not happen, and tries no further: a refreshed Secret that is the old one', async () => {
    const secret = randomBytes(32);
    const { servers, happened, text } = await hearStory({ newSecret: () => secret });
    expect(happened).toBe(false);
    expect(text).toContain('✗ TOKEN_INCORRECT: the IM server refuses the old token');
    expect(text).toContain('instead: im server: accepted alice');
    expect(text).toContain('did not happen.');
    expect(text).not.toContain('✓ the brain drops the token');
    expect(text).not.toContain('timeout → prompt');
    expect(servers.im.sockets()).toBe(0);
  });

  it('ends when it is interrupted, and leaves nothing behind', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'local-im-test-'));
    vi.stubEnv('TMPDIR', temporary);
    atEnd(async () => {
      vi.unstubAllEnvs();
      await rm(temporary, { recursive: true });
    });
    const { servers, happened, text } = await hearStory({ isInterrupted: true });
    expect(happened).toBe(false);
    expect(text).toContain('interrupted');
    expect(servers.im.sockets()).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  });
});
