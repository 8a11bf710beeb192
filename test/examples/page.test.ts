import { expect, it } from 'vitest';
import { pageRoutes } from '../../examples/local-im/server/pageRoutes.ts';
import { rawRequest } from './support/rawRequest.ts';
import { useServers } from './support/useServers.ts';

it('the page is bundled from its sources, and may load and reach nothing but its own two servers', async () => {
  const servers = await useServers({ pageRoutes: await pageRoutes() });
  const [html, script, style] = await Promise.all(['/', '/page.js', '/page.css'].map((path) => rawRequest(`${servers.appUrl}${path}`)));
  for (const answer of [html, script, style]) {
    expect(answer?.status).toBe(200);
    expect(answer?.headers['x-content-type-options']).toBe('nosniff');
    expect(answer?.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer?.headers['content-security-policy']).toContain(`connect-src 'self' ${servers.im.url};`);
    expect(answer?.headers['content-security-policy']).not.toMatch(/unsafe|\*/);
  }
  expect(html?.text).not.toMatch(/https?:|\son[a-z]+=|<script>|style=/);
  expect(style?.text).not.toMatch(/url\(|@import/);
  expect(script?.headers['content-type']).toContain('javascript');
  expect([html, script, style].some((answer) => answer?.text.includes(servers.adminKey))).toBe(false);
});
