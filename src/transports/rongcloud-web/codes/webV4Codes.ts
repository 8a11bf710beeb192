import type { CodeTable } from '../../../transport/codeTable.ts';

/**
 * What each code of `@rongcloud/imlib-v4` (4.x) means to the brain, with the SDK's own name for it. Its 34001, 34005 and 34006 are about
 * conversations, not about connecting: they are not here. Why each one is judged so stands in webV4CodeReasons.ts.
 */
export const webV4Codes = {
  network: {
    [-1]: 'TIMEOUT',
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
    31000: 'RC_CONN_ACK_TIMEOUT',
    31006: 'RC_CONN_REDIRECTED',
    33004: 'BIZ_ERROR_NO_CHANNEL',
  },
  server: {
    31003: 'RC_CONN_SERVER_UNAVAILABLE',
    35008: 'SERVER_UNAVAILABLE',
  },
  tokenIncorrect: {
    31004: 'RC_CONN_USER_OR_PASSWD_ERROR',
    31027: 'RC_OTP_USED',
  },
  kicked: {
    31010: 'RC_DISCONN_KICK',
    35010: 'HAS_OHTER_SAME_CLIENT_ON_LINE',
  },
  blocked: {
    31009: 'RC_CONN_USER_BLOCKED',
    31011: 'RC_DISCONN_EXCEPTION',
  },
  configuration: {
    [-3]: 'PARAMETER_ERROR',
    31001: 'RC_CONN_PROTO_VERSION_ERROR',
    31002: 'RC_CONN_ID_REJECT',
    31005: 'RC_CONN_NOT_AUTHRORIZED',
    31007: 'RC_CONN_PACKAGE_NAME_INVALID',
    31008: 'RC_CONN_APP_BLOCKED_OR_DELETED',
    31026: 'RC_APP_AUTH_NOT_PASS',
    31028: 'RC_PLATFORM_ERROR',
    33001: 'BIZ_ERROR_CLIENT_NOT_INIT',
    33003: 'BIZ_ERROR_INVALID_PARAMETER',
    35006: 'PACKAGE_ENVIRONMENT_ERROR',
    35009: 'HOSTNAME_ERROR',
  },
  unknown: {
    [-2]: 'UNKNOWN',
    33002: 'BIZ_ERROR_DATABASE_ERROR',
    35007: 'CAN_NOT_RECONNECT',
  },
} as const satisfies CodeTable;
