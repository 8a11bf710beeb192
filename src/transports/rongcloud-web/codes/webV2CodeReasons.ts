import type { CodeReasons } from '../../../transport/CodeReasons.ts';
import type { webV2Codes } from './webV2Codes.ts';
import { webV4CodeReasons } from './webV4CodeReasons.ts';

const source = 'SDK source, @rongcloud/imlib-v2 2.9.2';

/** The documented half of `webV2Codes`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const webV2CodeReasons: CodeReasons<typeof webV2Codes> = {
  failures: {
    [-3]: { ...webV4CodeReasons.failures[-3], source },
    [-2]: { ...webV4CodeReasons.failures[-2], source },
    [-1]: { ...webV4CodeReasons.failures[-1], source },
    30001: { ...webV4CodeReasons.failures[30001], source },
    30002: {
      meaning: {
        en: 'No usable connection; also every refusal of the server, whatever its reason.',
        zh: '连接不可用；服务器的任何拒绝，不论原因，也都是它。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'Wrong or expired tokens hide in it too: after three answers of the server that let nobody in, the adapter calls it `tokenIncorrect` once.',
        zh: 'Token 错误或过期也藏在其中：服务器连续三次作答都不放行后，适配器会把它当作一次 `tokenIncorrect`。',
      },
      source,
    },
    30004: { ...webV4CodeReasons.failures[30004], source },
    30005: { ...webV4CodeReasons.failures[30005], source },
    30006: { ...webV4CodeReasons.failures[30006], source },
    30007: { ...webV4CodeReasons.failures[30007], source },
    30008: { ...webV4CodeReasons.failures[30008], source },
    30009: { ...webV4CodeReasons.failures[30009], source },
    30010: { ...webV4CodeReasons.failures[30010], source },
    30011: { ...webV4CodeReasons.failures[30011], source },
    30012: { ...webV4CodeReasons.failures[30012], source },
    30013: { ...webV4CodeReasons.failures[30013], source },
    30014: { ...webV4CodeReasons.failures[30014], source },
    31000: { ...webV4CodeReasons.failures[31000], source },
    31001: { ...webV4CodeReasons.failures[31001], source },
    31002: { ...webV4CodeReasons.failures[31002], source },
    31003: {
      meaning: { en: 'The server is not available. The app is told 30002 instead.', zh: '服务器不可用。应用收到的是 30002。' },
      sdkGoesOn: 'not seen',
      reason: { en: 'The server needs time.', zh: '服务器需要时间恢复。' },
      source,
    },
    31004: {
      meaning: {
        en: 'The token is empty or no text: the only case in which this SDK calls `onTokenIncorrect`. What the server refuses is 30002.',
        zh: 'Token 为空或不是字符串：只有这种情况 SDK 才会回调 `onTokenIncorrect`，服务器的拒绝则是 30002。',
      },
      sdkGoesOn: 'no',
      reason: { en: 'Only a new token helps.', zh: '只有换新 Token 才有用。' },
      source,
    },
    31005: { ...webV4CodeReasons.failures[31005], source },
    31006: { ...webV4CodeReasons.failures[31006], source },
    31007: { ...webV4CodeReasons.failures[31007], source },
    31008: {
      meaning: {
        en: 'The app key is blocked or deleted. The app is told 30002 instead.',
        zh: 'App Key 被封禁或已删除。应用收到的是 30002。',
      },
      sdkGoesOn: 'not seen',
      reason: {
        en: 'The next attempt would get the same answer: the app, its settings or the console have to change.',
        zh: '再试一次结果也一样，需要修改应用、配置或控制台设置。',
      },
      source,
    },
    31009: {
      meaning: {
        en: 'The user is banned. The app is told 30002 on connecting, status 9 while connected.',
        zh: '用户被封禁。连接时应用收到 30002，连接期间收到状态 9。',
      },
      sdkGoesOn: 'not seen',
      reason: { en: 'Neither a new token nor another attempt helps.', zh: '换 Token、重试都没有用。' },
      source,
    },
    31010: { ...webV4CodeReasons.failures[31010], source },
    31011: { ...webV4CodeReasons.failures[31011], source },
    33001: { ...webV4CodeReasons.failures[33001], source },
    33002: { ...webV4CodeReasons.failures[33002], source },
    33003: { ...webV4CodeReasons.failures[33003], source },
    33004: { ...webV4CodeReasons.failures[33004], source },
    35006: { ...webV4CodeReasons.failures[35006], source },
  },
  notFailures: {
    0: {
      name: 'SUCCESS',
      meaning: { en: 'Connected.', zh: '连接成功。' },
      adapter: { en: 'Takes it for the success that it is.', zh: '即连接成功。' },
      source,
    },
    33005: {
      name: 'BIZ_ERROR_RECONNECT_SUCCESS',
      meaning: { en: 'Reconnected.', zh: '重新连接成功。' },
      adapter: { en: 'Would be taken for `unknown`; it has not been seen.', zh: '会被当作 `unknown`；实际未见到过。' },
      source,
    },
    33006: {
      name: 'BIZ_ERROR_CONNECTING',
      meaning: { en: '`connect` was called while connecting.', zh: '连接中再次调用 `connect`。' },
      adapter: {
        en: "Never calls twice. When the app calls the SDK's `connect` past the connection, it is taken for `unknown` and tried again.",
        zh: '不会重复调用。若应用绕过本库直接调用 SDK 的 `connect`，则当作 `unknown` 并重试。',
      },
      source,
    },
  },
};
