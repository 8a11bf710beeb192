import type { CodeReasons, Text } from '../../../transport/CodeReasons.ts';
import type { wrapperCodes } from './wrapperCodes.ts';
import { androidCodeReasons } from './androidCodeReasons.ts';

const ios5 = 'iOS SDK 5.x, RCStatusDefine.h';
const wrapper = 'typings of @rongcloud/react-native-im-wrapper 5.x, RCIMIWErrorCode';
const connectPage = 'https://docs.rongcloud.cn/android-imlib/connection/connect';
const harmony5 = 'Harmony SDK 5.x, typings of its error codes';
const android2 = 'Android SDK 2.x, RongIMClient.ErrorCode (inside rongcloud-react-native-imlib 0.3.13)';

const nothing: Text = {
  en: 'It says nothing about the token or the network: counted, and tried again.',
  zh: '它说明不了 Token 或网络有问题：计数并重试。',
};
const calling: Text = {
  en: 'The app calls the SDK wrongly. Trying again does not change that.',
  zh: '是应用调用 SDK 的方式有误，重试也不会改变。',
};
const passes: Text = {
  en: 'It passes by itself: the SDK goes on, and if it has given up, the brain does.',
  zh: '会自行恢复：SDK 会继续尝试；若它已放弃，则由大脑重试。',
};

/** The documented half of `wrapperCodes`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const wrapperCodeReasons: CodeReasons<typeof wrapperCodes> = {
  failures: {
    [-1000]: {
      meaning: { en: 'A parameter is wrong.', zh: '参数错误。' },
      sdkGoesOn: 'no',
      reason: calling,
      source: ios5,
    },
    [-104]: {
      meaning: { en: 'The wrapper cannot tell the result.', zh: '封装层无法得知结果。' },
      sdkGoesOn: 'no',
      reason: nothing,
      source: wrapper,
    },
    [-103]: {
      meaning: { en: "The call failed inside the phone's own SDK.", zh: '原生层操作错误。' },
      sdkGoesOn: 'no',
      reason: nothing,
      source: wrapper,
    },
    [-102]: {
      meaning: { en: 'The engine was destroyed before.', zh: '引擎已销毁。' },
      sdkGoesOn: 'no',
      reason: calling,
      source: wrapper,
    },
    [-101]: {
      meaning: { en: 'A parameter is wrong.', zh: '参数错误。' },
      sdkGoesOn: 'no',
      reason: calling,
      source: wrapper,
    },
    [-3]: androidCodeReasons.failures[-3],
    [-2]: androidCodeReasons.failures[-2],
    [-1]: {
      meaning: { en: 'The SDK does not know.', zh: '未知错误。' },
      sdkGoesOn: 'not seen',
      reason: nothing,
      source: connectPage,
    },
    1: {
      meaning: { en: 'A parameter is wrong.', zh: '参数错误。' },
      sdkGoesOn: 'no',
      reason: calling,
      source: wrapper,
    },
    2: {
      meaning: { en: 'The engine was destroyed before.', zh: '引擎已销毁。' },
      sdkGoesOn: 'no',
      reason: calling,
      source: wrapper,
    },
    3: {
      meaning: { en: "The call failed inside the phone's own SDK.", zh: '原生层操作错误。' },
      sdkGoesOn: 'no',
      reason: nothing,
      source: wrapper,
    },
    4: {
      meaning: { en: 'The wrapper cannot tell the result.', zh: '封装层无法得知结果。' },
      sdkGoesOn: 'no',
      reason: nothing,
      source: wrapper,
    },
    30001: androidCodeReasons.failures[30001],
    30002: androidCodeReasons.failures[30002],
    30004: androidCodeReasons.failures[30004],
    30005: androidCodeReasons.failures[30005],
    30006: androidCodeReasons.failures[30006],
    30007: androidCodeReasons.failures[30007],
    30008: androidCodeReasons.failures[30008],
    30009: androidCodeReasons.failures[30009],
    30010: androidCodeReasons.failures[30010],
    30011: androidCodeReasons.failures[30011],
    30012: androidCodeReasons.failures[30012],
    30013: androidCodeReasons.failures[30013],
    30014: androidCodeReasons.failures[30014],
    30015: androidCodeReasons.failures[30015],
    30019: androidCodeReasons.failures[30019],
    30021: {
      meaning: { en: "TCP is connected, RongCloud's protocol over it is not.", zh: 'TCP 已连上，但其上的 RMTP 协议未连上。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: harmony5,
    },
    30027: {
      meaning: { en: 'The SDK is still disconnecting.', zh: 'SDK 正在断开连接。' },
      sdkGoesOn: 'no',
      reason: { en: 'A moment later it is done, and the next attempt finds it so.', zh: '稍后即断开完毕，下次尝试就会成功。' },
      source: harmony5,
    },
    31000: androidCodeReasons.failures[31000],
    31001: androidCodeReasons.failures[31001],
    31002: androidCodeReasons.failures[31002],
    31003: androidCodeReasons.failures[31003],
    31004: androidCodeReasons.failures[31004],
    31005: androidCodeReasons.failures[31005],
    31006: androidCodeReasons.failures[31006],
    31007: androidCodeReasons.failures[31007],
    31008: androidCodeReasons.failures[31008],
    31009: androidCodeReasons.failures[31009],
    31010: androidCodeReasons.failures[31010],
    31011: androidCodeReasons.failures[31011],
    31020: androidCodeReasons.failures[31020],
    31023: androidCodeReasons.failures[31023],
    31024: androidCodeReasons.failures[31024],
    31025: androidCodeReasons.failures[31025],
    31026: androidCodeReasons.failures[31026],
    31027: androidCodeReasons.failures[31027],
    31028: {
      meaning: {
        en: 'By the Android page: the proxy that the app has set cannot be reached. On the Web the number means a token for another platform.',
        zh: '文档称应用设置的代理不可访问；在 Web 上这个数字表示 Token 的平台校验失败。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: "Only Android lists it, and its meaning is taken: the way to the server fails, as with any network. If it never stops, look at the proxy's settings.",
        zh: '只有 Android 列出了它，故取其含义：与其他网络问题一样，是到服务器的路不通。若一直出现，请检查代理设置。',
      },
      source: connectPage,
    },
    31029: androidCodeReasons.failures[31029],
    31030: androidCodeReasons.failures[31030],
    32011: {
      meaning: { en: 'The server closed a QUIC connection and said when to come back.', zh: '服务器主动断开（仅 QUIC），并告知何时再来。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: harmony5,
    },
    32054: androidCodeReasons.failures[32054],
    32061: androidCodeReasons.failures[32061],
    33001: androidCodeReasons.failures[33001],
    33002: { ...androidCodeReasons.failures[33002], source: ios5 },
    33003: { ...androidCodeReasons.failures[33003], source: ios5 },
    33004: androidCodeReasons.failures[33004],
    34005: androidCodeReasons.failures[34005],
    34006: androidCodeReasons.failures[34006],
    34245: androidCodeReasons.failures[34245],
  },
  notFailures: {
    0: {
      name: 'SUCCESS',
      meaning: { en: "Connected; for the database's callback: opened.", zh: '连接成功；在数据库回调中表示已打开。' },
      adapter: { en: 'Takes it for the success that it is.', zh: '即成功。' },
      source: wrapper,
    },
    33005: {
      name: 'BIZ_ERROR_RECONNECT_SUCCESS',
      meaning: { en: 'Reconnected.', zh: '重新连接成功。' },
      adapter: { en: 'Would be taken for `unknown`; it has not been seen.', zh: '会被当作 `unknown`；实际未见到过。' },
      source: android2,
    },
    33006: {
      name: 'BIZ_ERROR_CONNECTING',
      meaning: { en: '`connect` was called while connecting.', zh: '连接中再次调用 `connect`。' },
      adapter: {
        en: 'Takes turns, so it never calls twice. Otherwise it would be `unknown`.',
        zh: '连接轮流进行，不会重复调用；否则当作 `unknown`。',
      },
      source: android2,
    },
    34001: {
      name: 'RC_CONNECTION_EXIST',
      meaning: { en: 'There is a connection already, or one is being made.', zh: '连接已存在，或正在连接中。' },
      adapter: {
        en: "Ends that session and connects once more: it may be another user's, and only the token decides who is in. A second time it is `unknown`.",
        zh: '先断开那个会话再连一次：它可能属于另一个用户，谁能登录只由 Token 决定。若再次出现则当作 `unknown`。',
      },
      source: connectPage,
    },
  },
};
