import { broadcastSink, inspectConnection } from 'connection-machine/inspect';
import { logOut, type Login } from '../client/appServerApi.ts';
import { createChat } from '../client/createChat.ts';
import type { MakeLine } from '../client/Line.ts';
import { openIdbMessages } from '../client/openIdbMessages.ts';
import { yesterday } from '../client/yesterday.ts';
import { isPerson } from '../shared/people.ts';
import { byId, textOf } from './dom.ts';
import { lineNames } from './loadLine.ts';
import { showBanner } from './showBanner.ts';
import { showMessages } from './showMessages.ts';
import { showPrompt } from './showPrompt.ts';
import { showState } from './showState.ts';
import { showTimeline } from './showTimeline.ts';
import { forgetVisit, saveVisit, type Visit } from './visit.ts';

/** One login, from its first connect to the sign-out that it resolves with. */
export function showApp({ login, line, connection: restore }: Visit, makeLine: MakeLine): Promise<void> {
  const { userId } = login;
  const chat = createChat({
    appUrl: location.origin,
    login,
    makeLine,
    openMessages: (user) => openIdbMessages(user, isPerson(user) ? yesterday(user) : []),
    onMessages: (messages) => showMessages(messages, userId),
    ...(restore && { restore }),
  });
  const { connection } = chat;
  // A playground: whoever has the page may look, and play with the connection.
  const stopInspecting = inspectConnection(connection, broadcastSink(), { name: `${userId} · ${lineNames[line]}`, allowEvents: true });

  textOf('who', userId);
  textOf('line', ` over ${lineNames[line]}`);
  byId('composer-hint', HTMLElement).hidden = line !== 'rongCloud';
  document.title = `${userId} · local-im`;
  showMessages(chat.messages, userId);
  showTimeline(connection);
  showPrompt(connection);
  showBanner(connection);
  const follow = () => {
    const snapshot = connection.getSnapshot();
    showState(snapshot);
    const { status } = snapshot;
    byId('connect', HTMLButtonElement).disabled = !(status === 'idle' || status === 'kicked' || status === 'failed');
    byId('disconnect', HTMLButtonElement).disabled = status === 'idle' || status === 'closing';
  };
  connection.subscribe(follow);
  follow();

  byId('connect', HTMLButtonElement).onclick = () => connection.connect();
  byId('disconnect', HTMLButtonElement).onclick = () => void connection.disconnect();
  const composer = byId('composer', HTMLFormElement);
  composer.onsubmit = (event) => {
    event.preventDefault();
    const input = byId('text', HTMLInputElement);
    if (input.value.trim() !== '') chat.send(input.value.trim());
    input.value = '';
  };
  for (const id of ['app', 'actions']) byId(id, HTMLElement).hidden = false;

  const save = () => saveVisit({ login, line, connection: connection.persist() });
  saveVisit({ login, line });
  window.addEventListener('pagehide', save);

  // A kick, a failure or a wait lives on over a reload; anything else starts with the page.
  if (connection.getSnapshot().status === 'idle') connection.connect();

  return new Promise((resolve) => {
    byId('sign-out', HTMLButtonElement).onclick = () => {
      window.removeEventListener('pagehide', save);
      forgetVisit();
      void connection
        .disconnect({ logout: true })
        .then(() => endLogin(login))
        .then(() => connection[Symbol.asyncDispose]())
        .then(stopInspecting)
        .then(() => {
          for (const id of ['app', 'actions']) byId(id, HTMLElement).hidden = true;
          for (const id of ['who', 'line']) textOf(id, '');
          document.title = 'local-im';
          resolve();
        });
    };
  });
}

/** The app's own login ends, too. An App Server that cannot be reached does not keep the user here. */
async function endLogin(login: Login): Promise<void> {
  await logOut(location.origin, login).catch(() => undefined);
}
