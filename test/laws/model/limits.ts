/** Limits that never end at the same moment. ms */
export const limits = {
  timeLimit: 5_003,
  attemptTimeLimit: 9_007,
  tokenTimeLimit: 8_009,
  stableAfter: 10_007,
  recoveryTimeLimit: 20_011,
  verifyTimeLimit: 4_001,
  backoffMin: 500,
  backoffMax: 30_000,
  maxTokenRenewals: 3,
} as const;
