// connection-machine/testing
export { describeTransport } from './describeTransport.ts';
export { TransportRuleError } from './TransportRuleError.ts';
export { controlledClock } from './controlledClock.ts';
export { fakeTokenProvider } from './fakeTokenProvider.ts';
export { fakeTransport } from './fakeTransport.ts';
export { manualSignals } from './manualSignals.ts';
export { TestingError } from './TestingError.ts';

export type { ControlledClock } from './controlledClock.ts';
export type { FakeTokenAnswer, FakeTokenProvider, FakeTokenProviderOptions, FakeTokenRequest } from './fakeTokenProvider.ts';
export type { FakeLink, FakeTransport, FakeTransportOptions } from './fakeTransport.ts';
export type { DescribeTransportOptions, TestRunner } from './describeTransport.ts';
export type { Ability, TokenSource, TransportWorld } from './TransportWorld.ts';
export type { ManualSignals } from './manualSignals.ts';
