import type { FailureKind } from 'connection-machine';
import type { Fact, What } from '../shared/Fact.ts';

type IsFact = (fact: Fact) => boolean;

/** Words for what the story waits for. */
export const brain =
  (what: What): IsFact =>
  (fact) =>
    fact.actor === 'brain' && fact.device === undefined && fact.what === what;

export const brainIs = (
  status: NonNullable<Fact['snapshot']>['status'],
  failure?: { readonly kind: FailureKind; readonly code?: number },
): IsFact => {
  const changed = brain('changed');
  return (fact) =>
    changed(fact) &&
    fact.snapshot?.status === status &&
    (failure === undefined || (fact.failure?.kind === failure.kind && (failure.code === undefined || fact.failure.code === failure.code)));
};

export const imServer =
  (what: What, kind?: FailureKind): IsFact =>
  (fact) =>
    fact.actor === 'im server' && fact.what === what && (kind === undefined || fact.failure?.kind === kind);

export const appServer =
  (what: What, reason?: string): IsFact =>
  (fact) =>
    fact.actor === 'app server' && fact.what === what && (reason === undefined || fact.reason === reason);

export const app =
  (what: What): IsFact =>
  (fact) =>
    fact.actor === 'app' && fact.what === what;
