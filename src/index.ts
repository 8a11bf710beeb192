// connection-machine
export { createConnection } from './createConnection.ts';
export { withDatabase } from './transport/withDatabase.ts';
export { failure, failureKinds } from '../machines/connection/failure.ts';
export { SecretToken } from '../machines/connection/SecretToken.ts';
export { ConnectionOptionError } from '../machines/connection/ConnectionOptionError.ts';
export { defaultPolicy } from '../machines/connection/policy.ts';

export type { Connection, ConnectionEvents, ConnectionListener } from './connection.ts';
export type { ConnectionOptions } from './connectionOptions.ts';
export type { ConnectionSnapshot, ConnectionStatus } from './connectionSnapshot.ts';
export type { ConnectionReport } from './inspect/record/ConnectionReport.ts';
export type { ConnectionLogger } from './logger.ts';
export type { Clock } from './platform/Clock.ts';
export type { PlatformReport, PlatformSignals } from './platform/PlatformSignals.ts';
export type { FetchToken, TokenRequest } from './token/fetchTokenActor.ts';
export type { TokenAnswer } from './token/tokenAnswer.ts';
export type { TokenStore } from './token/tokenKeeper.ts';
export type { OpenLink, OpenRequest, Transport, TransportReport } from './transport/Transport.ts';
export type { ConnectionPolicy } from '../machines/connection/policy.ts';
export type { Failure, FailureKind } from '../machines/connection/failure.ts';
export type { PersistedConnection } from '../machines/connection/restore.ts';
export type { TokenRenewalReason } from '../machines/connection/events.ts';
export type { TokenRequestReason } from '../machines/connection/services.ts';
