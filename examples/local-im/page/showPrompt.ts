import type { Connection } from 'connection-machine';
import { byId } from './dom.ts';

/**
 * The question to a waiting person: open exactly as long as the connection is `prompting`. It blocks the chat, which is the app,
 * but not the whole page: the fault switches beside it are the world, and go on working.
 */
export function showPrompt(connection: Connection): void {
  const dialog = byId('prompt', HTMLDialogElement);
  byId('prompt-retry', HTMLButtonElement).onclick = () => connection.retry();
  byId('prompt-cancel', HTMLButtonElement).onclick = () => connection.cancel();
  // Escape is an answer, too. The dialog closes when the connection has taken it.
  dialog.onkeydown = (event) => {
    if (event.key === 'Escape') connection.cancel();
  };
  const follow = () => {
    const ask = connection.getSnapshot().status === 'prompting';
    if (ask === dialog.open) return;
    for (const sibling of dialog.parentElement?.children ?? []) if (sibling !== dialog) sibling.toggleAttribute('inert', ask);
    if (!ask) return dialog.close();
    dialog.show();
  };
  connection.subscribe(follow);
  follow();
}
