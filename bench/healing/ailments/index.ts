import type { Ailment } from '../Ailment.ts';
import { hiddenRefusal, lateRefusal, tokenIncorrectNeverCalled } from './hiddenRefusal.ts';
import { kickedLegacy } from './kickedLegacy.ts';
import { refusedLookup, silentLookup } from './lookup.ts';
import { noToken } from './noToken.ts';
import { oneShot } from './oneShot.ts';
import { connectedBefore, connectWhileRecovering, doubleConnect } from './secondConnect.ts';
import { expiredLegacy } from './expiredLegacy.ts';
import { noFrame, unknownEnd } from './unexpectedWords.ts';
import { endlessRecovery, fixedReconnect, watchedReconnect } from './reconnect.ts';
import { lostPongs } from './pings.ts';
import { redirects } from './redirects.ts';
import { expiry, laterEvents, twinSignals, unknownCode } from './signals.ts';
import { silentServer, silentServerLegacy } from './silentServer.ts';
import { userSwitch, wrongUser } from './userSwitch.ts';
import { zombieOfConnect, zombieOfReconnect } from './zombie.ts';

/** The rows of the healing table, in its order. */
export const ailments: readonly Ailment[] = [
  oneShot,
  silentServer,
  silentServerLegacy,
  noFrame,
  zombieOfConnect,
  zombieOfReconnect,
  silentLookup,
  noToken,
  userSwitch,
  connectedBefore,
  doubleConnect,
  connectWhileRecovering,
  wrongUser,
  twinSignals,
  laterEvents,
  kickedLegacy,
  expiry,
  expiredLegacy,
  lateRefusal,
  hiddenRefusal,
  tokenIncorrectNeverCalled,
  refusedLookup,
  unknownCode,
  unknownEnd,
  redirects,
  lostPongs,
  watchedReconnect,
  fixedReconnect,
  endlessRecovery,
];
