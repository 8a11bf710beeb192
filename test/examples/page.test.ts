import { expect, it } from 'vitest';
import { pageRoutes } from '../../examples/local-im/server/pageRoutes.ts';
import { rawRequest } from './support/rawRequest.ts';
import { useServers } from './support/useServers.ts';

it('the page is bundled from its sources, and may load and reach nothing but its own servers', async () => {
  const servers = await useServers({ pageRoutes: await pageRoutes() });
  const [html, script, style] = await Promise.all(['/', '/page.js', '/page.css'].map((path) => rawRequest(`${servers.appUrl}${path}`)));
  for (const answer of [html, script, style]) {
    expect(answer?.status).toBe(200);
    expect(answer?.headers['x-content-type-options']).toBe('nosniff');
    expect(answer?.headers['content-security-policy']).toContain("default-src 'none'");
    const { naviUrl, socketAddress } = servers.rongCloud;
    expect(answer?.headers['content-security-policy']).toContain(`connect-src 'self' ${servers.im.url} ${naviUrl} ws://${socketAddress};`);
    expect(answer?.headers['content-security-policy']).not.toMatch(/unsafe|\*/);
  }
  expect(html?.text).not.toMatch(/https?:|\son[a-z]+=|<script>|style=/);
  expect(style?.text).not.toMatch(/url\(|@import/);
  expect(script?.headers['content-type']).toContain('javascript');
  expect([html, script, style].some((answer) => answer?.text.includes(servers.adminKey))).toBe(false);
});

it("RongCloud's SDK is in a script of its own, which the page's script asks for when it is chosen, and not before", async () => {
  const servers = await useServers({ pageRoutes: await pageRoutes() });
  const scripts = new Map<string, string>();
  const load = async (name: string): Promise<void> => {
    if (scripts.has(name)) return;
    const { status, text, headers } = await rawRequest(`${servers.appUrl}/${name}`);
    expect(status, name).toBe(200);
    expect(headers['content-type']).toContain('javascript');
    scripts.set(name, text);
    // What a browser loads together with it; `import(…)` is another matter.
    for (const [, other] of text.matchAll(/^(?:import|} from)[^("']*["']\.\/([\w-]+\.js)["']/gm)) await load(other ?? '');
  };
  await load('page.js');
  const first = [...scripts.values()].join('\n');
  expect(first).toContain('import("./rongcloud.js")');
  expect(scripts.has('rongcloud.js')).toBe(false);
  expect(first).not.toContain('navi.json');
  expect(first.length).toBeLessThan(500_000);
  await load('rongcloud.js');
  expect(scripts.get('rongcloud.js')).toContain('navi.json');
});
