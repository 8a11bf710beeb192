import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rongCloud } from '../../examples/local-im/story/vendors/rongCloud.ts';
import { hearStory } from './support/hearStory.ts';
import { rongCloudChapters } from './support/steps.ts';

const key = /[\w-]{20,}/;

describe("the story, told with RongCloud's SDK", { timeout: 60_000 }, () => {
  it('happens step by step, and says neither Secret nor token, password, session or key', async () => {
    const { servers, happened, lines, text, secretCount, secrets } = await hearStory({ vendor: rongCloud });
    expect(happened, text).toBe(true);

    let behind = 0;
    for (const said of rongCloudChapters.flatMap(([title, steps]) => [`  ${title}`, ...steps.map((step) => `✓ ${step}`)])) {
      const found = lines.findIndex((line, index) => index >= behind && line.endsWith(said));
      expect(found, `“${said}” is missing, or not where it belongs`).toBeGreaterThan(-1);
      behind = found + 1;
    }
    expect(text.match(/✓/g)).toHaveLength(rongCloudChapters.flatMap(([, steps]) => steps).length + 1);
    expect(text).not.toContain('✗');

    // The SDK's own codes, as it gave them to the transport.
    expect(text).toMatch(/brain +recovering +connected → recovering, network 30011/);
    expect(text).toMatch(/brain +fetchingToken +recovering → fetchingToken,.* TOKEN_INCORRECT 31004/);
    expect(text).toMatch(/brain +prompting +event prompt: timeout/);
    expect(text).toMatch(/brain +kicked +event kicked: kicked 31010/);
    expect(text).toMatch(/brain +failed +event failed: blocked 31011/);
    expect(text).toMatch(/brain +waiting +connecting → waiting,.* server 31003/);

    expect(text).not.toMatch(/eyJ|token=/);
    expect(secretCount).toBe(2);
    for (const own of secrets) expect(text.includes(own)).toBe(false);
    // a session is a key like this one
    expect(servers.adminKey).toMatch(key);
    expect(text).not.toMatch(key);
    expect(servers.rongCloud.sockets()).toBe(0);
    // Our own IM server had no part in it.
    expect(servers.rongCloud.counts.accepted).toBeGreaterThan(0);
    expect(text).not.toContain(servers.im.url);
  });

  it('fails at the step that does not happen, and tries no further: a refreshed Secret that is the old one', async () => {
    const secret = randomBytes(32);
    const { servers, happened, text } = await hearStory({ vendor: rongCloud, newSecret: () => secret });
    expect(happened).toBe(false);
    expect(text).toContain('✓ the brain lost the link; the SDK tries again by itself');
    expect(text).toContain('✗ TOKEN_INCORRECT: the IM server refuses the old token');
    expect(text).toContain('instead: im server: accepted alice');
    expect(text).not.toContain('timeout → prompt');
    expect(servers.rongCloud.sockets()).toBe(0);
  });

  it('ends when it is interrupted while the server keeps silent, and leaves no socket behind', async () => {
    const { servers, happened, text } = await hearStory({ vendor: rongCloud, isInterrupted: true });
    expect(happened).toBe(false);
    expect(text).toContain('interrupted');
    expect(servers.rongCloud.sockets()).toBe(0);
  });
});
