import type { CodeTable } from '../../../transport/codeTable.ts';

/**
 * What each connection status of the old React Native SDK (`rongcloud-react-native-imlib` 0.3.13) means to the brain. It passes on the
 * numbers of the phone's own SDK, so that 2, 3 and 5 mean one thing on iOS and another on Android. A status that tells of progress
 * is no failure and not here: see reactNativeImlibStatusReasons.ts.
 */
export const reactNativeImlibStatuses = {
  ios: {
    network: {
      1: 'NETWORK_UNAVAILABLE',
      2: 'AIRPLANE_MODE',
      7: 'LOGIN_ON_WEB',
      8: 'SERVER_INVALID',
    },
    tokenIncorrect: {
      31004: 'TOKEN_INCORRECT',
    },
    kicked: {
      6: 'KICKED_OFFLINE_BY_OTHER_CLIENT',
    },
    blocked: {
      31011: 'DISCONN_EXCEPTION',
    },
    unknown: {
      [-1]: 'UNKNOWN',
      9: 'VALIDATE_INVALID',
    },
  },
  android: {
    network: {
      [-1]: 'NETWORK_UNAVAILABLE',
      5: 'SERVER_INVALID',
    },
    tokenIncorrect: {
      4: 'TOKEN_INCORRECT',
    },
    kicked: {
      3: 'KICKED_OFFLINE_BY_OTHER_CLIENT',
    },
    blocked: {
      6: 'CONN_USER_BLOCKED',
    },
  },
} as const satisfies Record<'ios' | 'android', CodeTable>;
