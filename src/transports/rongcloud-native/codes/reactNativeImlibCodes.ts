import type { CodeTable } from '../../../transport/codeTable.ts';

/**
 * What each connection code of the old React Native SDK (`rongcloud-react-native-imlib` 0.3.13) means to the brain, with the SDK's own
 * name for it. On Android it passes on more than its typings say. 34001 is no failure and not here. Why each one is judged so stands in
 * reactNativeImlibCodeReasons.ts, which no app has to download.
 */
export const reactNativeImlibCodes = {
  network: {
    [-2]: 'IPC_DISCONNECT',
    30001: 'RC_NET_CHANNEL_INVALID',
    30002: 'RC_NET_UNAVAILABLE',
    30004: 'RC_NAVI_REQUEST_FAIL',
    30005: 'RC_HTTP_REQ_TIMEOUT',
    30006: 'RC_HTTP_RECV_FAIL',
    30007: 'RC_NAVI_RESPONSE_ERROR',
    30008: 'RC_NODE_NOT_FOUND',
    30009: 'RC_DOMAIN_NOT_RESOLVE',
    30010: 'RC_SOCKET_NOT_CONNECTED',
    30011: 'RC_SOCKET_DISCONNECTED',
    30012: 'RC_PING_SEND_FAIL',
    30013: 'RC_PONG_RECV_FAIL',
    30014: 'RC_MSG_SEND_FAIL',
    30019: 'RC_NETWORK_IS_DOWN_OR_UNREACHABLE',
    31000: 'RC_CONN_ACK_TIMEOUT',
    31006: 'RC_CONN_REDIRECTED',
    32054: 'RC_CONNECTION_RESET_BY_PEER',
    32061: 'RC_CONN_REFUSED',
    33004: 'BIZ_ERROR_NO_CHANNEL',
    34002: 'RC_BACKGROUND_CONNECT',
  },
  server: {
    30015: 'RC_CONN_OVERFREQUENCY',
    31003: 'RC_CONN_SERVER_UNAVAILABLE',
  },
  tokenIncorrect: {
    31004: 'RC_CONN_TOKEN_INCORRECT',
  },
  kicked: {
    31010: 'RC_DISCONN_KICK',
    31023: 'RC_CONN_OTHER_DEVICE_LOGIN',
  },
  blocked: {
    31009: 'RC_CONN_USER_BLOCKED',
    31011: 'RC_DISCONN_USER_BLOCKED',
  },
  configuration: {
    [-1000]: 'RC_INVALID_ARGUMENT',
    [-3]: 'PARAMETER_ERROR',
    31001: 'RC_CONN_PROTO_VERSION_ERROR',
    31002: 'RC_CONN_ID_REJECT',
    31005: 'RC_CONN_NOT_AUTHRORIZED',
    31007: 'RC_CONN_PACKAGE_NAME_INVALID',
    31008: 'RC_CONN_APP_BLOCKED_OR_DELETED',
    33001: 'RC_CLIENT_NOT_INIT',
    33003: 'RC_INVALID_PARAMETER',
  },
  unknown: {
    [-1]: 'ERRORCODE_UNKNOWN',
    33002: 'DATABASE_ERROR',
  },
} as const satisfies CodeTable;
