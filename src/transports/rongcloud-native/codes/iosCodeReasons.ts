import type { CodeReasons } from '../../../transport/CodeReasons.ts';
import type { iosCodes } from './iosCodes.ts';
import { androidCodeReasons } from './androidCodeReasons.ts';

const ios5 = 'iOS SDK 5.x, RCStatusDefine.h';
const ios2 = 'iOS SDK 2.x, RCStatusDefine.h';
const connectPage = 'https://docs.rongcloud.io/ios-imlib/connection/connect';

/** The documented half of `iosCodes`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const iosCodeReasons: CodeReasons<typeof iosCodes> = {
  failures: {
    [-1000]: {
      meaning: { en: 'A parameter is wrong.', zh: '参数错误。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'The app calls the SDK wrongly. Trying again does not change that.',
        zh: '是应用调用 SDK 的方式有误，重试也不会改变。',
      },
      source: ios5,
    },
    [-1]: {
      meaning: { en: 'The SDK does not know.', zh: '未知错误。' },
      sdkGoesOn: 'not seen',
      reason: {
        en: 'It says nothing about the token or the network: counted, and tried again.',
        zh: '它说明不了 Token 或网络有问题：计数并重试。',
      },
      source: ios5,
    },
    30001: { ...androidCodeReasons.failures[30001], source: ios2 },
    30002: { ...androidCodeReasons.failures[30002], source: ios2 },
    30004: { ...androidCodeReasons.failures[30004], source: ios2 },
    30007: { ...androidCodeReasons.failures[30007], source: ios2 },
    30008: { ...androidCodeReasons.failures[30008], source: ios2 },
    30010: { ...androidCodeReasons.failures[30010], source: ios2 },
    30011: { ...androidCodeReasons.failures[30011], source: ios2 },
    30012: { ...androidCodeReasons.failures[30012], source: ios2 },
    30013: { ...androidCodeReasons.failures[30013], source: ios2 },
    30014: { ...androidCodeReasons.failures[30014], source: ios2 },
    30015: { ...androidCodeReasons.failures[30015], source: ios2 },
    31000: { ...androidCodeReasons.failures[31000], source: ios2 },
    31001: { ...androidCodeReasons.failures[31001], source: ios2 },
    31002: { ...androidCodeReasons.failures[31002], source: ios5 },
    31003: { ...androidCodeReasons.failures[31003], source: ios2 },
    31004: { ...androidCodeReasons.failures[31004], source: ios5 },
    31005: { ...androidCodeReasons.failures[31005], source: ios5 },
    31006: { ...androidCodeReasons.failures[31006], source: ios2 },
    31007: {
      meaning: { en: 'The bundle id is not the registered one.', zh: 'Bundle ID 不正确。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'The next attempt would get the same answer: the app, its settings or the console have to change.',
        zh: '再试一次结果也一样，需要修改应用、配置或控制台设置。',
      },
      source: ios5,
    },
    31008: { ...androidCodeReasons.failures[31008], source: ios5 },
    31009: { ...androidCodeReasons.failures[31009], source: ios5 },
    31010: { ...androidCodeReasons.failures[31010], source: ios5 },
    31011: { ...androidCodeReasons.failures[31011], source: ios2 },
    31020: { ...androidCodeReasons.failures[31020], source: ios5 },
    31023: { ...androidCodeReasons.failures[31023], source: ios5 },
    31024: androidCodeReasons.failures[31024],
    31025: { ...androidCodeReasons.failures[31025], source: ios5 },
    31026: { ...androidCodeReasons.failures[31026], source: ios5 },
    31027: { ...androidCodeReasons.failures[31027], source: ios5 },
    31029: { ...androidCodeReasons.failures[31029], source: connectPage },
    31030: { ...androidCodeReasons.failures[31030], source: connectPage },
    32061: { ...androidCodeReasons.failures[32061], source: ios2 },
    33001: { ...androidCodeReasons.failures[33001], source: ios5 },
    33002: { ...androidCodeReasons.failures[33002], source: ios5 },
    33003: { ...androidCodeReasons.failures[33003], source: ios5 },
    34005: { ...androidCodeReasons.failures[34005], source: ios5 },
    34006: { ...androidCodeReasons.failures[34006], source: ios5 },
  },
  notFailures: {
    0: {
      name: 'RCDBOpenSuccess',
      meaning: { en: 'The local database is open (the code of `dbOpened`).', zh: '本地数据库已打开（`dbOpened` 的状态码）。' },
      adapter: { en: 'Reports it: `database` becomes `opened`.', zh: '报告后 `database` 变为 `opened`。' },
      source: ios5,
    },
    34001: {
      name: 'RC_CONNECTION_EXIST',
      meaning: { en: 'There is a connection already, or one is being made.', zh: '连接已存在，或正在连接中。' },
      adapter: {
        en: "Ends that session and connects once more: it may be another user's, and only the token decides who is in. A second time it is `unknown`.",
        zh: '先断开那个会话再连一次：它可能属于另一个用户，谁能登录只由 Token 决定。若再次出现则当作 `unknown`。',
      },
      source: ios5,
    },
  },
};
