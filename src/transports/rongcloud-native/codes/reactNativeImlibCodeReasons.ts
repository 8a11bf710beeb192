import type { CodeReasons, Text } from '../../../transport/CodeReasons.ts';
import type { reactNativeImlibCodes } from './reactNativeImlibCodes.ts';
import { androidCodeReasons } from './androidCodeReasons.ts';

const typings = 'typings of rongcloud-react-native-imlib 0.3.13';
const android2 = 'Android SDK 2.x, RongIMClient.ErrorCode (inside rongcloud-react-native-imlib 0.3.13)';

const nothing: Text = {
  en: 'It says nothing about the token or the network: counted, and tried again.',
  zh: '它说明不了 Token 或网络有问题：计数并重试。',
};

/** The documented half of `reactNativeImlibCodes`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const reactNativeImlibCodeReasons: CodeReasons<typeof reactNativeImlibCodes> = {
  failures: {
    [-1000]: {
      meaning: { en: 'A parameter is wrong (iOS).', zh: '参数错误（iOS）。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'The app calls the SDK wrongly. Trying again does not change that.',
        zh: '是应用调用 SDK 的方式有误，重试也不会改变。',
      },
      source: typings,
    },
    [-3]: { ...androidCodeReasons.failures[-3], source: typings },
    [-2]: { ...androidCodeReasons.failures[-2], source: android2 },
    [-1]: {
      meaning: { en: 'The SDK does not know.', zh: '未知错误。' },
      sdkGoesOn: 'not seen',
      reason: nothing,
      source: typings,
    },
    30001: { ...androidCodeReasons.failures[30001], source: typings },
    30002: { ...androidCodeReasons.failures[30002], source: typings },
    30004: { ...androidCodeReasons.failures[30004], source: typings },
    30005: androidCodeReasons.failures[30005],
    30006: androidCodeReasons.failures[30006],
    30007: { ...androidCodeReasons.failures[30007], source: typings },
    30008: { ...androidCodeReasons.failures[30008], source: typings },
    30009: androidCodeReasons.failures[30009],
    30010: { ...androidCodeReasons.failures[30010], source: typings },
    30011: { ...androidCodeReasons.failures[30011], source: typings },
    30012: { ...androidCodeReasons.failures[30012], source: typings },
    30013: { ...androidCodeReasons.failures[30013], source: typings },
    30014: { ...androidCodeReasons.failures[30014], source: typings },
    30015: { ...androidCodeReasons.failures[30015], source: typings },
    30019: androidCodeReasons.failures[30019],
    31000: { ...androidCodeReasons.failures[31000], source: typings },
    31001: { ...androidCodeReasons.failures[31001], source: typings },
    31002: { ...androidCodeReasons.failures[31002], source: typings },
    31003: { ...androidCodeReasons.failures[31003], source: typings },
    31004: {
      meaning: {
        en: 'The token is not valid or has expired. The SDK calls `tokenIncorrect` instead of `error`.',
        zh: 'Token 无效或已过期。SDK 回调的是 `tokenIncorrect` 而不是 `error`。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'Only a new token helps. Counted, so that a token server that hands out bad ones makes no loop.',
        zh: '只有换新 Token 才有用。次数有上限，即使 Token 服务器总给出无效的 Token，也不会死循环。',
      },
      source: typings,
    },
    31005: { ...androidCodeReasons.failures[31005], source: typings },
    31006: { ...androidCodeReasons.failures[31006], source: typings },
    31007: { ...androidCodeReasons.failures[31007], source: typings },
    31008: { ...androidCodeReasons.failures[31008], source: typings },
    31009: { ...androidCodeReasons.failures[31009], source: typings },
    31010: { ...androidCodeReasons.failures[31010], source: typings },
    31011: androidCodeReasons.failures[31011],
    31023: { ...androidCodeReasons.failures[31023], source: typings },
    32054: androidCodeReasons.failures[32054],
    32061: { ...androidCodeReasons.failures[32061], source: typings },
    33001: { ...androidCodeReasons.failures[33001], source: typings },
    33002: {
      meaning: { en: 'The local database failed.', zh: '本地数据库错误。' },
      sdkGoesOn: 'no',
      reason: nothing,
      source: typings,
    },
    33003: { ...androidCodeReasons.failures[33003], source: typings },
    33004: androidCodeReasons.failures[33004],
    34002: {
      meaning: { en: '`connect` while the app is in the background (iOS).', zh: '应用在后台时发起连接（iOS）。' },
      sdkGoesOn: 'not seen',
      reason: {
        en: 'It works once the app is in front again. The waits grow meanwhile.',
        zh: '应用回到前台即可；在此之前等待时间会逐渐变长。',
      },
      source: typings,
    },
  },
  notFailures: {
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
      source: typings,
    },
  },
};
