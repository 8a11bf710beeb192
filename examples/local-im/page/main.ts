// START HERE for the page: the key, the switches, a login, the app; after a sign-out the next login.
import { adminApi } from './adminApi.ts';
import { byId } from './dom.ts';
import { loadLine } from './loadLine.ts';
import { showApp } from './showApp.ts';
import { showFaults } from './showFaults.ts';
import { showInspector } from './showInspector.ts';
import { showSignIn } from './showSignIn.ts';
import { takeKey } from './takeKey.ts';
import { loadVisit } from './visit.ts';

// A second tab is for the same line as the first: only there is one user kicked by the other.
if (location.hash.endsWith('&line=rongCloud')) byId('rongcloud', HTMLInputElement).checked = true;
const key = takeKey();
const admin = key === undefined ? undefined : adminApi(key);
if (admin) showFaults(admin);
showInspector();
// The key is no longer in the address bar, so a copied address would not do. `noopener` gives the tab a storage of its own.
byId('second-tab', HTMLButtonElement).onclick = () => window.open(`/#key=${key}&line=${visit?.line}`, '_blank', 'noopener');

let visit = loadVisit();
for (;;) {
  visit ??= await showSignIn(admin);
  await showApp(visit, await loadLine(visit.line));
  visit = undefined;
}
