import type { CodeTable } from '../../../transport/codeTable.ts';

/**
 * What each `ConnectionStatus` of `@rongcloud/imlib-v4` and `@rongcloud/imlib-v2` means to the brain: both have the same enum. A status
 * that tells of progress (0 connected, 1 connecting …) is no failure and not here: see webLegacyStatusReasons.ts.
 */
export const webLegacyStatuses = {
  network: {
    3: 'NETWORK_UNAVAILABLE',
    4: 'CONNECTION_CLOSED',
    7: 'WEBSOCKET_UNAVAILABLE',
    8: 'WEBSOCKET_ERROR',
    14: 'REDIRECT',
    203: 'RESPONSE_NAVI_ERROR',
    204: 'RESPONSE_NAVI_TIMEOUT',
  },
  kicked: {
    6: 'KICKED_OFFLINE_BY_OTHER_CLIENT',
    1101: 'ULTRALIMIT',
  },
  blocked: {
    9: 'BLOCKED',
  },
  configuration: {
    12: 'DOMAIN_INCORRECT',
    20: 'APPKEY_IS_FAKE',
  },
  unknown: {
    13: 'DISCONNECT_BY_SERVER',
  },
} as const satisfies CodeTable;
