import type { CodeTable } from '../../../transport/codeTable.ts';

/**
 * What each `RCIMIWConnectionStatus` of RongCloud's wrappers (React Native, Flutter, uni-app; 5.x) means to the brain. A status that
 * tells of progress (1 connected, 2 connecting …) is no failure and not here: see wrapperStatusReasons.ts.
 */
export const wrapperStatuses = {
  network: {
    0: 'NETWORK_UNAVAILABLE',
    8: 'SUSPEND',
  },
  tokenIncorrect: {
    5: 'TOKEN_INCORRECT',
  },
  kicked: {
    4: 'KICKED_OFFLINE_BY_OTHER_CLIENT',
  },
  blocked: {
    6: 'CONN_USER_BLOCKED',
  },
  timeout: {
    9: 'TIMEOUT',
  },
  unknown: {
    10: 'UNKNOWN',
  },
} as const satisfies CodeTable;
