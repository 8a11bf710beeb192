import { logIn, type Login } from '../client/appServerApi.ts';
import { people } from '../shared/people.ts';
import type { AdminApi } from './adminApi.ts';
import { byId, makeButton, textOf } from './dom.ts';

/** Asks who is there; resolves with the app's login. Without a key there is nothing to sign in with. */
export function showSignIn(admin: AdminApi | undefined): Promise<Login> {
  byId('sign-in', HTMLElement).hidden = false;
  const row = byId('people', HTMLElement);
  if (!admin) {
    textOf('sign-in-problem', 'This page needs its key. Open the address that the terminal printed, with everything behind the #.');
    return new Promise(() => undefined);
  }
  return new Promise((resolve) => {
    row.replaceChildren(
      ...people.map((person) =>
        makeButton(`Sign in as ${person}`, () => {
          admin
            .passwords()
            .then((passwords) => logIn(location.origin, person, passwords[person]))
            .then((login) => {
              byId('sign-in', HTMLElement).hidden = true;
              textOf('sign-in-problem', '');
              resolve(login);
            })
            .catch((error: Error) => textOf('sign-in-problem', error.message));
        }),
      ),
    );
  });
}
