import type { ConnectionSnapshot, Failure } from 'connection-machine';

/** Who saw it happen. `user` acts, the others observe their own end of a socket. */
export type Actor = 'user' | 'app' | 'app server' | 'im server' | 'brain';

/** Something that really happened, told by the one it happened to. Never holds a token, a key or the Secret. */
export interface Fact {
  readonly actor: Actor;
  readonly what: What;
  /** For people. */
  readonly text: string;
  readonly user?: string;
  readonly failure?: Failure;
  /** Why a token was asked for. */
  readonly reason?: string;
  /** Where the connection that tells this stood then. */
  readonly snapshot?: ConnectionSnapshot;
  /** Absent for the device that the story is about. */
  readonly device?: string;
}

export type What =
  | 'user.acted'
  | 'loggedIn'
  | 'loggedOut'
  | 'token.issued'
  | 'token.notIssued'
  | 'secret.refreshed'
  | 'fault.switched'
  | 'socket.opened'
  | 'socket.refused'
  | 'connect.received'
  | 'connect.accepted'
  | 'connect.refused'
  | 'token.renewed'
  | 'link.ended'
  | 'link.closed'
  | 'message.received'
  | 'message.delivered'
  | 'message.acknowledged'
  | 'messages.read'
  | 'database.seeded'
  | 'changed'
  | 'connected'
  | 'databaseOpened'
  | 'prompted'
  | 'tokenRenewed'
  | 'kicked'
  | 'failed'
  | 'disconnected';

export type Tell = (fact: Fact) => void;
