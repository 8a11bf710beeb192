import type { CodeReasons, Text } from '../../../transport/CodeReasons.ts';
import type { webV4Codes } from './webV4Codes.ts';
import { webV5CodeReasons } from './webV5CodeReasons.ts';

const source = 'SDK source, @rongcloud/imlib-v4 4.6.4';

const kick: Text = { en: 'Coming back by itself would make the two devices fight.', zh: '自动重连会让两台设备互相踢下线。' };
const settings: Text = {
  en: 'The next attempt would get the same answer: the app, its settings or the console have to change.',
  zh: '再试一次结果也一样，需要修改应用、配置或控制台设置。',
};
const calling: Text = {
  en: 'The app calls the SDK wrongly. Trying again does not change that.',
  zh: '是应用调用 SDK 的方式有误，重试也不会改变。',
};
const lost: Text = { en: 'It passes by itself, and another attempt may find another way.', zh: '会自行恢复，再试一次可能就通了。' };
const block: Text = { en: 'Neither a new token nor another attempt helps.', zh: '换 Token、重试都没有用。' };
const saysNothing: Text = {
  en: 'It says nothing about the token or the network: counted, and tried again.',
  zh: '它说明不了 Token 或网络有问题：计数并重试。',
};

/** The documented half of `webV4Codes`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const webV4CodeReasons: CodeReasons<typeof webV4Codes> = {
  failures: {
    [-3]: {
      meaning: { en: 'A parameter is wrong.', zh: '参数错误。' },
      sdkGoesOn: 'not seen',
      reason: calling,
      source,
    },
    [-2]: {
      meaning: { en: 'The SDK does not know.', zh: '未知错误。' },
      sdkGoesOn: 'not seen',
      reason: saysNothing,
      source,
    },
    [-1]: {
      meaning: {
        en: 'A server address did not answer within 5 s. The app is told 30002 instead.',
        zh: '某个服务器地址 5 秒内无应答。应用收到的是 30002。',
      },
      sdkGoesOn: 'not seen',
      reason: {
        en: 'One address of several, inside the SDK: not the time limit that a person was promised, so nobody is prompted.',
        zh: '这只是 SDK 内部某一个地址超时，并非向用户承诺的时限，因此不弹提示。',
      },
      source,
    },
    30001: { ...webV5CodeReasons.failures[30001], source },
    30002: {
      meaning: {
        en: 'No usable connection; also what the SDK makes of most refusals of the server.',
        zh: '连接不可用；服务器的大多数拒绝也被 SDK 归为它。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'Refusals hide in it, that of a token bound to another device among them: after three answers of the server that let nobody in, the adapter calls it `tokenIncorrect` once.',
        zh: '多种拒绝也藏在其中，例如 Token 绑定了其他设备：服务器连续三次作答都不放行后，适配器会把它当作一次 `tokenIncorrect`。',
      },
      source,
    },
    30004: { ...webV5CodeReasons.failures[30004], source },
    30005: { ...webV5CodeReasons.failures[30005], source },
    30006: { ...webV5CodeReasons.failures[30006], source },
    30007: {
      meaning: { en: 'The address lookup brought nothing.', zh: '导航没有结果。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'The lookup of server addresses that precedes every connection failed, mostly for lack of network. The next attempt asks again.',
        zh: '连接前要先查询服务器地址（导航），这一步失败了，多半是网络原因；下次尝试会重新查询。',
      },
      source,
    },
    30008: { ...webV5CodeReasons.failures[30008], source },
    30009: { ...webV5CodeReasons.failures[30009], source },
    30010: {
      meaning: { en: 'The socket could not be created.', zh: '创建连接失败。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source,
    },
    30011: {
      meaning: { en: 'The connection broke.', zh: '连接断开。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source,
    },
    30012: {
      meaning: { en: 'A ping could not be sent.', zh: '心跳发送失败。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source,
    },
    30013: {
      meaning: { en: 'A ping had no answer.', zh: '心跳没有应答。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source,
    },
    30014: { ...webV5CodeReasons.failures[30014], source },
    31000: {
      meaning: { en: 'The server did not acknowledge the connection in time.', zh: '服务器未在时限内应答连接请求。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source,
    },
    31001: {
      meaning: { en: 'The server does not understand this version of the protocol.', zh: '信令协议版本错误。' },
      sdkGoesOn: 'not seen',
      reason: { en: 'The SDK has to be updated.', zh: '需要升级 SDK。' },
      source,
    },
    31002: {
      meaning: { en: 'The app key is wrong. The app is told 30002 instead.', zh: 'App Key 错误。应用收到的是 30002。' },
      sdkGoesOn: 'not seen',
      reason: settings,
      source,
    },
    31003: {
      meaning: {
        en: "The server is not available. (The server's own answer of this meaning arrives as 35008.)",
        zh: '服务器不可用。（服务器的这一应答在这里显示为 35008。）',
      },
      sdkGoesOn: 'not seen',
      reason: { en: 'The server needs time.', zh: '服务器需要时间恢复。' },
      source,
    },
    31004: {
      meaning: { en: 'The token is not valid, or has expired.', zh: 'Token 无效或已过期。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'Only a new token helps, and when reconnecting this SDK hides it: it goes on with the refused token for ever and says status 7.',
        zh: '只有换新 Token 才有用；而重连时 SDK 会掩盖它：用被拒绝的 Token 每 5 秒重试一次，只报状态 7，永不停止。',
      },
      source,
    },
    31005: {
      meaning: { en: 'The app check is enabled and was not passed.', zh: '已开通 App 校验，但校验未通过。' },
      sdkGoesOn: 'not seen',
      reason: settings,
      source,
    },
    31006: { ...webV5CodeReasons.failures[31006], source },
    31007: {
      meaning: { en: 'The package name is not the registered one.', zh: '包名与后台登记的不一致。' },
      sdkGoesOn: 'not seen',
      reason: settings,
      source,
    },
    31008: { ...webV5CodeReasons.failures[31008], source },
    31009: {
      meaning: { en: 'The user is banned.', zh: '用户被封禁。' },
      sdkGoesOn: 'no',
      reason: block,
      source,
    },
    31010: {
      meaning: {
        en: 'The user has connected from another device. The SDK tells status 6 instead.',
        zh: '用户在其他设备登录。SDK 给出的是状态 6。',
      },
      sdkGoesOn: 'not seen',
      reason: kick,
      source,
    },
    31011: {
      meaning: {
        en: 'The user was banned while connected. The SDK tells status 9 instead.',
        zh: '用户在连接期间被封禁。SDK 给出的是状态 9。',
      },
      sdkGoesOn: 'not seen',
      reason: block,
      source,
    },
    31026: { ...webV5CodeReasons.failures[31026], source },
    31027: { ...webV5CodeReasons.failures[31027], source },
    31028: { ...webV5CodeReasons.failures[31028], source },
    33001: {
      meaning: { en: '`connect` was called before `init`.', zh: '未初始化就调用了 `connect`。' },
      sdkGoesOn: 'not seen',
      reason: calling,
      source,
    },
    33002: {
      meaning: { en: 'The local database failed.', zh: '本地数据库错误。' },
      sdkGoesOn: 'not seen',
      reason: saysNothing,
      source,
    },
    33003: { ...webV5CodeReasons.failures[33003], source },
    33004: { ...webV5CodeReasons.failures[33004], source },
    35006: {
      meaning: { en: 'A public-cloud SDK was pointed at a private cloud, or the reverse.', zh: '公有云 SDK 连接了私有云，或相反。' },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    35007: { ...webV5CodeReasons.failures[35007], source },
    35008: {
      meaning: { en: 'The server has answered that it is not available.', zh: '服务器应答说自己不可用。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'The server needs time. (In version 5 the same number means that no server could be reached.)',
        zh: '服务器需要时间恢复。（同一个数字在 5.x 中表示没有服务器可达。）',
      },
      source,
    },
    35009: {
      meaning: { en: "The page's domain is not on the console's list of safe domains.", zh: '页面域名不在控制台的安全域名列表中。' },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    35010: {
      meaning: {
        en: 'Another client of the same kind is online, and the app has chosen that it stays.',
        zh: '同类型客户端已在线，且应用设置为不允许把它踢下线。',
      },
      sdkGoesOn: 'no',
      reason: kick,
      source,
    },
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
