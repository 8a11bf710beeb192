import { logIn } from '../client/appServerApi.ts';
import { people, type Person } from '../shared/people.ts';
import type { AdminApi } from './adminApi.ts';
import { byId, makeButton, textOf } from './dom.ts';
import { loadLine, type LineName } from './loadLine.ts';
import type { Visit } from './visit.ts';

/** Asks who is there, and what to connect over; resolves with the app's login. Without a key there is nothing to sign in with. */
export function showSignIn(admin: AdminApi | undefined): Promise<Visit> {
  byId('sign-in', HTMLElement).hidden = false;
  if (!admin) {
    textOf('sign-in-problem', 'This page needs its key. Open the address that the terminal printed, with everything behind the #.');
    return new Promise(() => undefined);
  }
  byId('line-choice', HTMLFieldSetElement).hidden = false;
  return new Promise((resolve) => {
    const signIn = async (person: Person) => {
      const line: LineName = byId('rongcloud', HTMLInputElement).checked ? 'rongCloud' : 'webSocket';
      // Its script first: nobody is logged in when that cannot be loaded.
      await loadLine(line);
      const passwords = await admin.passwords();
      const login = await logIn(location.origin, person, passwords[person]);
      byId('sign-in', HTMLElement).hidden = true;
      textOf('sign-in-problem', '');
      resolve({ login, line });
    };
    byId('people', HTMLElement).replaceChildren(
      ...people.map((person) =>
        makeButton(`Sign in as ${person}`, () => {
          signIn(person).catch((error: Error) => textOf('sign-in-problem', error.message));
        }),
      ),
    );
  });
}
