import type { CodeReasons, Text } from '../../../transport/CodeReasons.ts';
import type { wrapperStatuses } from './wrapperStatuses.ts';

const statusPage =
  'https://pub.dev/documentation/rongcloud_im_wrapper_plugin/latest/rongcloud_im_wrapper_plugin/RCIMIWConnectionStatus.html';

const healing: Text = {
  en: 'The SDK goes on by itself: `recovering`, for `recoveryTimeLimit` at most.',
  zh: 'SDK 会自行重连：进入 `recovering`，最长 `recoveryTimeLimit`。',
};

/** The documented half of `wrapperStatuses`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const wrapperStatusReasons: CodeReasons<typeof wrapperStatuses> = {
  failures: {
    0: {
      meaning: { en: 'The network is not available.', zh: '网络不可用。' },
      sdkGoesOn: 'yes',
      reason: healing,
      source: statusPage,
    },
    4: {
      meaning: { en: 'The user has connected from another device.', zh: '用户在其他设备登录，本机被踢下线。' },
      sdkGoesOn: 'no',
      reason: { en: 'Coming back by itself would make the two devices fight.', zh: '自动重连会让两台设备互相踢下线。' },
      source: statusPage,
    },
    5: {
      meaning: { en: 'The token is wrong or has expired.', zh: 'Token 不正确或已过期。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'Only a new token helps. Counted, so that a token server that hands out bad ones makes no loop.',
        zh: '只有换新 Token 才有用。次数有上限，即使 Token 服务器总给出无效的 Token，也不会死循环。',
      },
      source: statusPage,
    },
    6: {
      meaning: { en: 'The user is banned.', zh: '用户被封禁。' },
      sdkGoesOn: 'no',
      reason: { en: 'Neither a new token nor another attempt helps.', zh: '换 Token、重试都没有用。' },
      source: statusPage,
    },
    8: {
      meaning: { en: 'Suspended, mostly for lack of network.', zh: '连接暂时挂起，多半是网络原因。' },
      sdkGoesOn: 'yes',
      reason: healing,
      source: statusPage,
    },
    9: {
      meaning: { en: "The SDK's own time limit has passed.", zh: 'SDK 自动连接超时。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'The SDK has stopped: a person who waits is asked, otherwise the brain tries again.',
        zh: 'SDK 已停止：有人在等待则询问，否则由大脑重试。',
      },
      source: statusPage,
    },
    10: {
      meaning: { en: 'Something unusual.', zh: '异常情况。' },
      sdkGoesOn: 'yes',
      reason: {
        en: 'RongCloud calls it a passing state on the way to a connection: `recovering`, for `recoveryTimeLimit` at most.',
        zh: '厂商称其为建立连接过程中的临时状态：进入 `recovering`，最长 `recoveryTimeLimit`。',
      },
      source: statusPage,
    },
  },
  notFailures: {
    1: {
      name: 'CONNECTED',
      meaning: { en: 'Connected.', zh: '连接成功。' },
      adapter: {
        en: 'In again after `recovering`; the first success is told by `onConnected`.',
        zh: '在 `recovering` 之后表示已恢复；首次成功以 `onConnected` 为准。',
      },
      source: statusPage,
    },
    2: {
      name: 'CONNECTING',
      meaning: { en: 'Connecting.', zh: '连接中。' },
      adapter: { en: 'After a success: `recovering`.', zh: '若已连接成功过，则进入 `recovering`。' },
      source: statusPage,
    },
    3: {
      name: 'UNCONNECTED',
      meaning: { en: 'Not connected.', zh: '未连接。' },
      adapter: {
        en: 'While connecting, old news. On a live link its end, as `network`.',
        zh: '连接过程中忽略；若连接已建立，则以 `network` 结束。',
      },
      source: statusPage,
    },
    7: {
      name: 'SIGN_OUT',
      meaning: { en: '`disconnect` was called.', zh: '用户主动断开连接。' },
      adapter: {
        en: 'While connecting, old news. On a live link the app has called the SDK past the connection: `forbidden`, so that nobody who signed out is brought back.',
        zh: '连接过程中忽略；若连接已建立，说明应用绕过本库断开了 SDK：按 `forbidden` 处理，不会把已退出的用户连回来。',
      },
      source: statusPage,
    },
  },
};
