/** The ways in which the IM server ends a link with a reason. */
export type Refusal = 'tokenIncorrect' | 'tokenExpired' | 'blocked' | 'kicked' | 'server' | 'unknown';

/** The vendor-like code in the error frame and the close code behind it, which agree with each other. */
export const failureCodes: Readonly<Record<Refusal, { readonly code: number; readonly close: number }>> = {
  tokenIncorrect: { code: 31004, close: 4401 },
  tokenExpired: { code: 31020, close: 4401 },
  blocked: { code: 31009, close: 4403 },
  kicked: { code: 31010, close: 4409 },
  server: { code: 31003, close: 1013 },
  // A code of no table: the frame carries the one that the fault panel chose.
  unknown: { code: 30042, close: 4000 },
};

/** The close code for a client that does not keep to the protocol. */
export const badFrameClose = 4400;
