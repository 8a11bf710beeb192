import type { CodeReasons, Text } from '../../../transport/CodeReasons.ts';
import type { reactNativeImlibStatuses } from './reactNativeImlibStatuses.ts';

const ios2 = 'iOS SDK 2.x, RCStatusDefine.h; typings of rongcloud-react-native-imlib 0.3.13';
const typings = 'typings of rongcloud-react-native-imlib 0.3.13';
const android2 = 'Android SDK 2.x, ConnectionStatus (inside rongcloud-react-native-imlib 0.3.13)';

const kick: Text = { en: 'Coming back by itself would make the two devices fight.', zh: '自动重连会让两台设备互相踢下线。' };
const token: Text = {
  en: 'Only a new token helps. Counted, so that a token server that hands out bad ones makes no loop.',
  zh: '只有换新 Token 才有用。次数有上限，即使 Token 服务器总给出无效的 Token，也不会死循环。',
};
const healing: Text = {
  en: 'The SDK goes on by itself: `recovering`, for `recoveryTimeLimit` at most.',
  zh: 'SDK 会自行重连：进入 `recovering`，最长 `recoveryTimeLimit`。',
};
const passing: Text = {
  en: 'Its header calls it a passing state on the way to a connection, in which the SDK goes on by itself: `recovering`, for `recoveryTimeLimit` at most.',
  zh: '其头文件称这是建立连接过程中的临时状态，SDK 会自动重连：进入 `recovering`，最长 `recoveryTimeLimit`。',
};

/** The documented half of `reactNativeImlibStatuses`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const reactNativeImlibStatusReasons: {
  readonly ios: CodeReasons<(typeof reactNativeImlibStatuses)['ios']>;
  readonly android: CodeReasons<(typeof reactNativeImlibStatuses)['android']>;
} = {
  ios: {
    failures: {
      [-1]: {
        meaning: { en: 'Something unusual.', zh: '未知状态。' },
        sdkGoesOn: 'yes',
        reason: passing,
        source: ios2,
      },
      1: {
        meaning: { en: 'The network is not available.', zh: '网络不可用。' },
        sdkGoesOn: 'yes',
        reason: passing,
        source: ios2,
      },
      2: {
        meaning: { en: 'The phone is in flight mode.', zh: '设备切换到飞行模式。' },
        sdkGoesOn: 'yes',
        reason: passing,
        source: ios2,
      },
      6: {
        meaning: { en: 'The user has connected from another device.', zh: '用户在其他设备登录，本机被踢下线。' },
        sdkGoesOn: 'no',
        reason: kick,
        source: ios2,
      },
      7: {
        meaning: { en: 'The user has signed in on the Web.', zh: '用户在 Web 端登录。' },
        sdkGoesOn: 'yes',
        reason: passing,
        source: ios2,
      },
      8: {
        meaning: { en: 'Something is wrong with the server.', zh: '服务器异常。' },
        sdkGoesOn: 'yes',
        reason: passing,
        source: ios2,
      },
      9: {
        meaning: { en: 'Something is wrong with the verification.', zh: '连接验证异常。' },
        sdkGoesOn: 'yes',
        reason: passing,
        source: ios2,
      },
      31004: {
        meaning: { en: 'The token is wrong or has expired.', zh: 'Token 不正确或已过期。' },
        sdkGoesOn: 'no',
        reason: token,
        source: ios2,
      },
      31011: {
        meaning: {
          en: 'The server has closed the connection; in later versions: the user is banned.',
          zh: '与服务器的连接已断开；较新版本中含义为用户被封禁。',
        },
        sdkGoesOn: 'no',
        reason: {
          en: "The vendor's texts disagree. Taken for a ban: coming back against one is worse than asking the user.",
          zh: '厂商说法不一。按封禁处理：与其顶着封禁反复重连，不如让用户来决定。',
        },
        source: ios2,
      },
    },
    notFailures: {
      0: {
        name: 'Connected',
        meaning: { en: 'Connected.', zh: '连接成功。' },
        adapter: {
          en: 'In again after `recovering`; the first success is told by `success`.',
          zh: '在 `recovering` 之后表示已恢复；首次成功以 `success` 回调为准。',
        },
        source: ios2,
      },
      3: {
        name: 'Cellular_2G',
        meaning: { en: 'The phone is on 2G.', zh: '设备切换到 2G 网络。' },
        adapter: { en: 'Ignores it.', zh: '忽略。' },
        source: ios2,
      },
      4: {
        name: 'Cellular_3G_4G',
        meaning: { en: 'The phone is on 3G or 4G.', zh: '设备切换到 3G 或 4G 网络。' },
        adapter: { en: 'Ignores it.', zh: '忽略。' },
        source: ios2,
      },
      5: {
        name: 'WIFI',
        meaning: { en: 'The phone is on Wi-Fi.', zh: '设备切换到 Wi-Fi。' },
        adapter: { en: 'Ignores it.', zh: '忽略。' },
        source: ios2,
      },
      10: {
        name: 'Connecting',
        meaning: { en: 'Connecting.', zh: '连接中。' },
        adapter: { en: 'After a success: `recovering`.', zh: '若已连接成功过，则进入 `recovering`。' },
        source: ios2,
      },
      11: {
        name: 'Unconnected',
        meaning: { en: 'Not connected, or connecting has failed.', zh: '连接失败或未连接。' },
        adapter: {
          en: 'While connecting, old news: the callback tells the reason. On a live link its end, as `network`.',
          zh: '连接过程中忽略，以回调为准；若连接已建立，则以 `network` 结束。',
        },
        source: ios2,
      },
      12: {
        name: 'SignUp',
        meaning: { en: '`disconnect` was called.', zh: '已注销，即已断开连接。' },
        adapter: {
          en: 'While connecting, old news. On a live link the app has called the SDK past the connection: `forbidden`, so that nobody who signed out is brought back.',
          zh: '连接过程中忽略；若连接已建立，说明应用绕过本库断开了 SDK：按 `forbidden` 处理，不会把已退出的用户连回来。',
        },
        source: ios2,
      },
    },
  },
  android: {
    failures: {
      [-1]: {
        meaning: { en: 'The network is not available.', zh: '网络不可用。' },
        sdkGoesOn: 'yes',
        reason: healing,
        source: typings,
      },
      3: {
        meaning: { en: 'The user has connected from another device.', zh: '用户在其他设备登录，本机被踢下线。' },
        sdkGoesOn: 'no',
        reason: kick,
        source: typings,
      },
      4: {
        meaning: { en: 'The token is wrong or has expired.', zh: 'Token 不正确或已过期。' },
        sdkGoesOn: 'no',
        reason: token,
        source: typings,
      },
      5: {
        meaning: { en: 'Something is wrong with the server.', zh: '服务器异常。' },
        sdkGoesOn: 'yes',
        reason: healing,
        source: typings,
      },
      6: {
        meaning: { en: 'The user is banned. (In the SDK, not in the typings.)', zh: '用户被封禁。（SDK 中有，类型定义中没有。）' },
        sdkGoesOn: 'no',
        reason: { en: 'Neither a new token nor another attempt helps.', zh: '换 Token、重试都没有用。' },
        source: android2,
      },
    },
    notFailures: {
      0: {
        name: 'CONNECTED',
        meaning: { en: 'Connected.', zh: '连接成功。' },
        adapter: {
          en: 'In again after `recovering`; the first success is told by `success`.',
          zh: '在 `recovering` 之后表示已恢复；首次成功以 `success` 回调为准。',
        },
        source: typings,
      },
      1: {
        name: 'CONNECTING',
        meaning: { en: 'Connecting.', zh: '连接中。' },
        adapter: { en: 'After a success: `recovering`.', zh: '若已连接成功过，则进入 `recovering`。' },
        source: typings,
      },
      2: {
        name: 'DISCONNECTED',
        meaning: { en: 'Not connected.', zh: '已断开连接。' },
        adapter: {
          en: 'While connecting, old news. On a live link its end, as `network`.',
          zh: '连接过程中忽略；若连接已建立，则以 `network` 结束。',
        },
        source: typings,
      },
    },
  },
};
