import type { Connection, Failure } from 'connection-machine';
import { nameFailure } from '../shared/nameFailure.ts';
import { byId, textOf } from './dom.ts';

/** Says why nothing more happens by itself, and offers the one thing that helps. */
export function showBanner(connection: Connection): void {
  const banner = byId('banner', HTMLElement);
  byId('banner-connect', HTMLButtonElement).onclick = () => connection.connect();
  const follow = () => {
    const { status, failure } = connection.getSnapshot();
    const final = status === 'kicked' || status === 'failed';
    if (final) {
      textOf('banner-title', status === 'kicked' ? 'You are connected somewhere else' : 'Cannot connect');
      textOf('banner-text', explain(failure));
      banner.dataset['status'] = status;
    }
    if (banner.hidden !== final) return;
    banner.hidden = !final;
    // The list of messages has shrunk: the newest is to stay in sight.
    const messages = byId('messages', HTMLElement);
    messages.scrollTop = messages.scrollHeight;
  };
  connection.subscribe(follow);
  follow();
}

function explain(failure: Failure | undefined): string {
  if (!failure) return '';
  return `${sentences[failure.kind] ?? 'The server gave no reason that we know.'} (${nameFailure(failure)})`;
}

const sentences: Readonly<Partial<Record<Failure['kind'], string>>> = {
  kicked: 'Another device of yours took over. Connect to take it back.',
  blocked: 'The IM server has blocked this user.',
  forbidden: 'The App Server says that your login is over. Sign out and in again.',
  tokenIncorrect: 'The IM server refused every new token.',
  tokenExpired: 'Every new token had run out already.',
  configuration: 'The app is set up wrongly.',
  wrongUser: 'The IM server took us for somebody else.',
};
