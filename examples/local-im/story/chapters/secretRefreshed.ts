import { appServer, brain, brainIs, imServer } from '../facts.ts';
import type { Chapter } from '../Stage.ts';

export const secretRefreshed: Chapter = {
  title: 'Secret refreshed → TOKEN_INCORRECT → new token → reconnected',
  async play({ vendor: { afterLoss }, flick, expect, check, count }) {
    flick({ do: 'refreshSecret' });
    await expect('the Secret is a new one', appServer('secret.refreshed'));

    flick({ do: 'dropLinks' });
    await expect(afterLoss.step, brainIs(afterLoss.status, { kind: 'network' }));
    await expect('TOKEN_INCORRECT: the IM server refuses the old token', imServer('connect.refused', 'tokenIncorrect'), {
      unless: imServer('connect.accepted'),
    });
    await expect('the brain drops the token and asks for a new one', brainIs('fetchingToken', { kind: 'tokenIncorrect' }));
    await expect('the App Server signed a new token, and was told why', appServer('token.issued', 'incorrect'));
    await expect('the IM server accepts the new token', imServer('connect.accepted'));
    await expect('connected again, without a person having done anything', brain('connected'));
    check('the old token was sent once and never again', count(imServer('connect.refused')) === 1);
    check('the database stayed open all the while', count(brain('databaseOpened')) === 0);
  },
};
