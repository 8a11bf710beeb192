import { expect, vi } from 'vitest';
import { createTokenIssuer, type TokenIssuer } from '../../../examples/local-im/server/createTokenIssuer.ts';
import type { Fact } from '../../../examples/local-im/shared/Fact.ts';
import type { RongCloudBehaviour } from '../../../examples/local-rongcloud/server/behaviour.ts';
import { startRongCloudServer, type RongCloudServer } from '../../../examples/local-rongcloud/server/startRongCloudServer.ts';
import { atEnd } from './useServers.ts';

export interface RongCloud {
  readonly server: RongCloudServer;
  readonly facts: readonly Fact[];
  readonly refreshSecret: () => void;
  tokenFor(user: string, lifeSeconds?: number): Promise<string>;
}

/** A real server on a free port. When the test ends it is closed, and no token stands in any fact. */
export async function useRongCloud(
  behaviour: Partial<RongCloudBehaviour> = {},
  issuer: TokenIssuer = createTokenIssuer(),
): Promise<RongCloud> {
  const facts: Fact[] = [];
  const tokens: string[] = [];
  const server = await startRongCloudServer({ verify: issuer.verify, tell: (fact) => void facts.push(fact) });
  server.behave(behaviour);
  atEnd(async () => {
    await server.close();
    const told = JSON.stringify(facts);
    for (const token of tokens) for (const part of token.split('.').slice(1)) expect(told).not.toContain(part);
  });
  return {
    server,
    facts,
    refreshSecret: issuer.refreshSecret,
    async tokenFor(user, lifeSeconds = 3_600) {
      const { token } = await issuer.issue(user, lifeSeconds);
      tokens.push(token);
      return token;
    },
  };
}

/** Resolves when it has come true. The limit is there for what never happens. */
export function happens(comesTrue: () => boolean): Promise<void> {
  return vi.waitFor(() => expect(comesTrue()).toBe(true), { timeout: 50_000, interval: 2 });
}
