import type { CodeTable } from '../../../transport/codeTable.ts';

/**
 * What each code that RongCloud's Android SDK (5.x) may answer `connect` with means to the brain, with the SDK's own name for it. Most come
 * as a `ConnectionErrorCode`; its `UNKNOWN` carries the raw number of any other code. 34001 is no failure and not here. Why each one is
 * judged so stands in androidCodeReasons.ts, which no app has to download.
 */
export const androidCodes = {
  network: {
    [-2]: 'IPC_DISCONNECT',
    30001: 'RC_NET_CHANNEL_INVALID',
    30002: 'RC_NET_UNAVAILABLE',
    30004: 'RC_HTTP_SEND_FAIL',
    30005: 'RC_HTTP_REQ_TIMEOUT',
    30006: 'RC_HTTP_RECV_FAIL',
    30007: 'RC_NAVI_RESOURCE_ERROR',
    30008: 'RC_NODE_NOT_FOUND',
    30009: 'RC_DOMAIN_NOT_RESOLVE',
    30010: 'RC_SOCKET_NOT_CREATED',
    30011: 'RC_SOCKET_DISCONNECTED',
    30012: 'RC_PING_SEND_FAIL',
    30013: 'RC_PONG_RECV_FAIL',
    30014: 'RC_MSG_SEND_FAIL',
    30019: 'RC_NETWORK_IS_DOWN_OR_UNREACHABLE',
    31000: 'RC_CONN_ACK_TIMEOUT',
    31006: 'RC_CONN_REDIRECTED',
    31028: 'RC_CONN_PROXY_UNAVAILABLE',
    32054: 'RC_CONNECTION_RESET_BY_PEER',
    32061: 'RC_CONN_REFUSED',
    33004: 'BIZ_ERROR_NO_CHANNEL',
    34245: 'RC_CONN_PROXY_UNAVAILABLE',
  },
  server: {
    30015: 'RC_CONN_OVERFREQUENCY',
    31003: 'RC_CONN_SERVER_UNAVAILABLE',
  },
  tokenIncorrect: {
    31004: 'RC_CONN_TOKEN_INCORRECT',
    31027: 'RC_CONN_DISPOSABLE_TOKEN_USED',
  },
  tokenExpired: {
    31020: 'RC_CONN_TOKEN_EXPIRE',
  },
  kicked: {
    31010: 'RC_DISCONN_KICK',
    31023: 'RC_CONN_OTHER_DEVICE_LOGIN',
  },
  blocked: {
    31009: 'RC_CONN_USER_BLOCKED',
    31011: 'RC_DISCONN_USER_BLOCKED',
    31029: 'RC_CONN_USER_ABANDON',
  },
  timeout: {
    34006: 'RC_CONNECT_TIMEOUT',
  },
  configuration: {
    [-3]: 'RC_INVALID_PARAMETER',
    31001: 'RC_CONN_PROTO_VERSION_ERROR',
    31002: 'RC_CONN_ID_REJECT',
    31005: 'RC_CONN_NOT_AUTHRORIZED',
    31007: 'RC_CONN_PACKAGE_NAME_INVALID',
    31008: 'RC_CONN_APP_BLOCKED_OR_DELETED',
    31024: 'CONCURRENT_LIMIT_ERROR',
    31025: 'RC_CONN_CLUSTER_ERROR',
    31026: 'RC_CONN_APP_AUTH_FAILED',
    31030: 'RC_CONN_APP_LICENSE_EXPIRED',
    33001: 'RC_CLIENT_NOT_INIT',
    33003: 'BIZ_ERROR_INVALID_PARAMETER',
    34005: 'RC_ENVIRONMENT_ERROR',
  },
  unknown: {
    [-1]: 'UNKNOWN',
    33002: 'BIZ_ERROR_DATABASE_ERROR',
  },
} as const satisfies CodeTable;
