import type { CodeTable } from '../../../transport/codeTable.ts';

/**
 * What each code of `onConnected` and of `connect`'s own answer in RongCloud's wrappers (React Native, Flutter, uni-app; 5.x) means to the
 * brain. They pass on the codes of the phone's own SDK, Android's, iOS's or Harmony's; the small ones are their own (`RCIMIWErrorCode`).
 * 34001 is no failure and not here. Why each one is judged so stands in wrapperCodeReasons.ts, which no app has to download.
 */
export const wrapperCodes = {
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
    30021: 'RC_RMTP_CONNECTED_ERROR',
    30027: 'CONNECTION_CLOSING',
    31000: 'RC_CONN_ACK_TIMEOUT',
    31006: 'RC_CONN_REDIRECTED',
    31028: 'RC_CONN_PROXY_UNAVAILABLE',
    32011: 'RC_UDP_DISCONNECTED',
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
    [-1000]: 'RC_INVALID_ARGUMENT',
    [-102]: 'ENGINE_DESTROYED',
    [-101]: 'PARAM_ERROR',
    [-3]: 'RC_INVALID_PARAMETER',
    1: 'PARAM_ERROR',
    2: 'ENGINE_DESTROYED',
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
    33003: 'RC_INVALID_PARAMETER',
    34005: 'RC_ENVIRONMENT_ERROR',
  },
  unknown: {
    [-104]: 'RESULT_UNKNOWN',
    [-103]: 'NATIVE_OPERATION_ERROR',
    [-1]: 'UNKNOWN',
    3: 'NATIVE_OPERATION_ERROR',
    4: 'RESULT_UNKNOWN',
    33002: 'DATABASE_ERROR',
  },
} as const satisfies CodeTable;
