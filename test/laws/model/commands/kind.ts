import fc from 'fast-check';
import { failureKinds, type FailureKind } from 'connection-machine';

export const kind = fc.constantFrom<FailureKind>(...failureKinds);
