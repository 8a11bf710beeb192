import type { Attempt, Lab } from './lab.ts';
import { answered } from './openingRules.ts';

/** Leads a transport through everything that this world can do to it. What it says meanwhile is collected by the lab. */
export async function everyScenario(lab: Lab): Promise<void> {
  const { world } = lab;
  const ends = (attempt: Attempt) => lab.until(() => attempt.all('error').length + attempt.all('interrupted').length > 0);

  await (await lab.open()).close();
  const givenUp = await lab.open();
  givenUp.abort();
  await givenUp.close();
  await (await lab.open({ aborted: true })).close();

  if (world.badToken !== undefined) {
    const refused = lab.openWith(await lab.badToken());
    await answered(lab, refused);
    await refused.close();
    const renewing = await lab.connect();
    const token = await lab.badToken();
    if (renewing.link.renew) await lab.outcomeOf('what renew rejected with', () => renewing.link.renew?.(token));
    await renewing.close();
  }
  if (world.loseLink) {
    const lost = await lab.connect();
    await world.loseLink();
    await ends(lost);
    await lost.close();
  }
  const living = await lab.connect();
  const token = await lab.otherGoodToken();
  if (living.link.renew) await lab.outcomeOf('what renew rejected with', () => living.link.renew?.(token));
  if (world.silenceServer) await world.silenceServer();
  if (living.link.verify) {
    const giveUp = new AbortController();
    const asked = lab.outcomeOf('what verify rejected with', () => living.link.verify?.(giveUp.signal));
    await lab.quiet();
    giveUp.abort();
    await asked;
  }
  await living.close();
  if (world.silenceServer) {
    const unanswered = await lab.open();
    await lab.quiet();
    await unanswered.close();
  }
  if (world.refuseConnections) {
    await world.refuseConnections();
    const outside = await lab.open();
    if (world.selfHealing) await lab.quiet();
    else await answered(lab, outside);
    await outside.close();
  }
  await lab.quiet();
}
