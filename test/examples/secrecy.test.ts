import { expect, it } from 'vitest';
import { pageRoutes } from '../../examples/local-im/server/pageRoutes.ts';
import { appServerModes, imServerModes } from '../../examples/local-im/shared/faults.ts';
import { postJson, rawRequest } from './support/rawRequest.ts';
import { knock, logInAs, tokenFor, useServers } from './support/useServers.ts';

it('the Secret is in no answer, no frame and no fact', async () => {
  const secret = Buffer.from('thisIsTheSecretOfTheAppAndNobodyElseMayKnowIt');
  const servers = await useServers({ newSecret: () => secret, slowMs: 1, pageRoutes: await pageRoutes() });
  const session = await logInAs(servers, 'alice');
  const said: string[] = [];

  for (const path of ['/', '/page.js', '/rongcloud.js', '/page.css', '/nothing', '/token'])
    said.push(JSON.stringify(await rawRequest(`${servers.appUrl}${path}`)));
  for (const path of ['/admin/faults', '/admin/passwords']) {
    said.push(JSON.stringify(await rawRequest(`${servers.appUrl}${path}`, { headers: { authorization: `Bearer ${servers.adminKey}` } })));
  }
  for (const mode of appServerModes.filter((one) => one !== 'hang')) {
    servers.faults.apply({ do: 'appServer', mode });
    said.push(JSON.stringify(await postJson(`${servers.appUrl}/token`, { reason: 'initial' }, session)));
  }
  servers.faults.apply({ do: 'reset' });
  const token = await tokenFor(servers, 'alice');
  for (const mode of imServerModes.filter((one) => one !== 'hang' && one !== 'refuse')) {
    servers.faults.apply({ do: 'imServer', mode });
    said.push(JSON.stringify(await (await knock(servers, token)).next()));
  }
  const facts = JSON.stringify(servers.facts);

  expect(said).toHaveLength(18);
  for (const shape of [secret.toString('utf8'), secret.toString('base64'), secret.toString('base64url'), secret.toString('hex')]) {
    expect(said.join('\n').includes(shape)).toBe(false);
    expect(facts.includes(shape)).toBe(false);
  }
  // What the servers tell about themselves holds no token, session, password or key either.
  for (const own of [token, session, servers.passwords.alice, servers.adminKey]) expect(facts.includes(own)).toBe(false);
});
