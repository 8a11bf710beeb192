// connection-machine/machine: for XState users, who embed the chart and provide its services themselves.
export { connectionMachine } from '../machines/connection/connectionMachine.ts';
export { services } from '../machines/connection/services.ts';
export { SecretToken } from '../machines/connection/SecretToken.ts';
export { failure, failureKinds, toFailure } from '../machines/connection/failure.ts';
export { defaultPolicy, resolvePolicy } from '../machines/connection/policy.ts';
export { ConnectionOptionError } from '../machines/connection/ConnectionOptionError.ts';

export type { ConnectionContext, ConnectionInput } from '../machines/connection/context.ts';
export type {
  ConnectionEmitted,
  ConnectionEvent,
  DatabaseEvent,
  LinkEvent,
  PlatformEvent,
  TokenRenewalReason,
} from '../machines/connection/events.ts';
export type { Failure, FailureKind } from '../machines/connection/failure.ts';
export type { ConnectionPolicy } from '../machines/connection/policy.ts';
export type { PersistedConnection } from '../machines/connection/restore.ts';
export type { FetchTokenInput, LinkCommand, OpenLinkInput, TokenRequestReason } from '../machines/connection/services.ts';
