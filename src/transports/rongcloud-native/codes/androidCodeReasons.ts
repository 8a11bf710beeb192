import type { CodeReasons, Text } from '../../../transport/CodeReasons.ts';
import type { androidCodes } from './androidCodes.ts';

const android5 = 'Android SDK 5.x, IRongCoreEnum.ConnectionErrorCode';
const connectPage = 'https://docs.rongcloud.cn/android-imlib/connection/connect';
const android2 = 'Android SDK 2.x, RongIMClient.ErrorCode (inside rongcloud-react-native-imlib 0.3.13)';
const ios5 = 'iOS SDK 5.x, RCStatusDefine.h';
const harmony5 = 'Harmony SDK 5.x, typings of its error codes';

const kick: Text = { en: 'Coming back by itself would make the two devices fight.', zh: '自动重连会让两台设备互相踢下线。' };
const token: Text = {
  en: 'Only a new token helps. Counted, so that a token server that hands out bad ones makes no loop.',
  zh: '只有换新 Token 才有用。次数有上限，即使 Token 服务器总给出无效的 Token，也不会死循环。',
};
const settings: Text = {
  en: 'The next attempt would get the same answer: the app, its settings or the console have to change.',
  zh: '再试一次结果也一样，需要修改应用、配置或控制台设置。',
};
const calling: Text = {
  en: 'The app calls the SDK wrongly. Trying again does not change that.',
  zh: '是应用调用 SDK 的方式有误，重试也不会改变。',
};
const block: Text = { en: 'Neither a new token nor another attempt helps.', zh: '换 Token、重试都没有用。' };
const lookup: Text = {
  en: 'The lookup of server addresses that precedes every connection failed, mostly for lack of network.',
  zh: '连接前要先查询服务器地址（导航），这一步失败了，多半是网络原因。',
};
const passes: Text = {
  en: 'It passes by itself: the SDK goes on, and if it has given up, the brain does.',
  zh: '会自行恢复：SDK 会继续尝试；若它已放弃，则由大脑重试。',
};
const proxy: Text = {
  en: "It is the way to the server that fails, as with any network. If it never stops, the proxy's settings are wrong.",
  zh: '与其他网络问题一样，是到服务器的路不通。若一直出现，请检查代理设置。',
};
const nothing: Text = {
  en: 'It says nothing about the token or the network: counted, and tried again.',
  zh: '它说明不了 Token 或网络有问题：计数并重试。',
};

/** The documented half of `androidCodes`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const androidCodeReasons: CodeReasons<typeof androidCodes> = {
  failures: {
    [-3]: {
      meaning: { en: 'A parameter is wrong.', zh: '参数错误。' },
      sdkGoesOn: 'no',
      reason: calling,
      source: android5,
    },
    [-2]: {
      meaning: {
        en: "Android ended the SDK's own process; or the native library for this processor is missing.",
        zh: 'Android：SDK 的 IPC 进程意外终止；也可能是缺少对应 CPU 架构的 so。',
      },
      sdkGoesOn: 'yes',
      reason: {
        en: 'The SDK reconnects to its process by itself. If it never stops, the app lacks the library.',
        zh: 'SDK 会自动重连。若一直出现，请检查是否缺少 so。',
      },
      source: connectPage,
    },
    [-1]: {
      meaning: {
        en: 'The SDK does not know; when it has a number of its own, that number is what arrives.',
        zh: '未知错误；若 SDK 有具体的数字，收到的就是那个数字。',
      },
      sdkGoesOn: 'not seen',
      reason: nothing,
      source: android5,
    },
    30001: {
      meaning: { en: 'The connection was released.', zh: '连接已被释放。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    30002: {
      meaning: { en: 'The connection cannot be used.', zh: '当前连接不可用。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    30004: {
      meaning: { en: 'The address lookup could not be sent.', zh: '导航的 HTTP 请求发送失败。' },
      sdkGoesOn: 'yes',
      reason: lookup,
      source: android2,
    },
    30005: {
      meaning: { en: 'The address lookup timed out.', zh: '导航的 HTTP 请求超时。' },
      sdkGoesOn: 'yes',
      reason: lookup,
      source: android2,
    },
    30006: {
      meaning: { en: 'The answer to the address lookup could not be received.', zh: '导航的 HTTP 应答接收失败。' },
      sdkGoesOn: 'yes',
      reason: lookup,
      source: android2,
    },
    30007: {
      meaning: { en: 'The address lookup brought nothing usable.', zh: '导航返回结果异常。' },
      sdkGoesOn: 'yes',
      reason: lookup,
      source: android2,
    },
    30008: {
      meaning: { en: 'The answer to the address lookup names no server.', zh: '导航数据中没有服务器节点。' },
      sdkGoesOn: 'yes',
      reason: lookup,
      source: android2,
    },
    30009: {
      meaning: { en: 'The answer to the address lookup holds no valid address.', zh: '导航数据中没有有效地址。' },
      sdkGoesOn: 'yes',
      reason: lookup,
      source: android2,
    },
    30010: {
      meaning: { en: 'The socket could not be connected.', zh: '创建连接失败。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    30011: {
      meaning: { en: 'The connection broke.', zh: '连接断开。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    30012: {
      meaning: { en: 'A ping could not be sent.', zh: '心跳发送失败。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    30013: {
      meaning: { en: 'A ping had no answer.', zh: '心跳没有应答。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    30014: {
      meaning: { en: 'A signal could not be sent.', zh: '信令发送失败。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    30015: {
      meaning: { en: 'The client connects too often.', zh: '连接过于频繁。' },
      sdkGoesOn: 'yes',
      reason: { en: 'The server wants to be left alone for a while.', zh: '服务器希望客户端缓一缓。' },
      source: android2,
    },
    30019: {
      meaning: { en: 'There is no network, or no way to the server.', zh: '没有网络，或服务器不可达。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    31000: {
      meaning: { en: 'The server did not acknowledge the connection in time.', zh: '服务器未在时限内应答连接请求。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    31001: {
      meaning: { en: 'The server does not understand this version of the protocol.', zh: '信令协议版本错误。' },
      sdkGoesOn: 'no',
      reason: { en: 'The SDK has to be updated.', zh: '需要升级 SDK。' },
      source: android2,
    },
    31002: {
      meaning: { en: 'The app key is wrong.', zh: 'App Key 错误。' },
      sdkGoesOn: 'no',
      reason: settings,
      source: connectPage,
    },
    31003: {
      meaning: {
        en: "The server is not available. (The Web SDK's typings say of the same number: the mini-program or desktop service is not enabled.)",
        zh: '服务器不可用。（Web SDK 的类型定义对同一个数字的解释是：小程序或桌面端服务未开通。）',
      },
      sdkGoesOn: 'yes',
      reason: { en: 'RongCloud calls it temporary. The server needs time.', zh: '厂商称其为临时状态。服务器需要时间恢复。' },
      source: android2,
    },
    31004: {
      meaning: {
        en: 'The token is not valid: wrong, from an older secret, or of another app key.',
        zh: 'Token 无效：写错了、由旧 Secret 签发，或属于另一个 App Key。',
      },
      sdkGoesOn: 'no',
      reason: token,
      source: connectPage,
    },
    31005: {
      meaning: { en: 'The app check is enabled and was not passed.', zh: '已开通 App 校验，但校验未通过。' },
      sdkGoesOn: 'no',
      reason: settings,
      source: connectPage,
    },
    31006: {
      meaning: { en: 'The server sends the client to another address.', zh: '服务器要求重定向到其他地址。' },
      sdkGoesOn: 'yes',
      reason: { en: 'The SDK follows by itself.', zh: 'SDK 会自行处理。' },
      source: android2,
    },
    31007: {
      meaning: { en: 'The package name or bundle id is not the registered one.', zh: '包名或 Bundle ID 与后台登记的不一致。' },
      sdkGoesOn: 'no',
      reason: settings,
      source: android5,
    },
    31008: {
      meaning: { en: 'The app key is blocked or deleted.', zh: 'App Key 被封禁或已删除。' },
      sdkGoesOn: 'no',
      reason: settings,
      source: connectPage,
    },
    31009: {
      meaning: { en: 'The user is banned.', zh: '用户被封禁。' },
      sdkGoesOn: 'no',
      reason: block,
      source: connectPage,
    },
    31010: {
      meaning: { en: 'The user has connected from another device.', zh: '用户在其他设备登录，本机被踢下线。' },
      sdkGoesOn: 'no',
      reason: kick,
      source: android5,
    },
    31011: {
      meaning: { en: 'The user was banned while connected.', zh: '用户在连接期间被封禁。' },
      sdkGoesOn: 'no',
      reason: block,
      source: android2,
    },
    31020: {
      meaning: { en: 'The token has expired.', zh: 'Token 已过期。' },
      sdkGoesOn: 'no',
      reason: token,
      source: connectPage,
    },
    31023: {
      meaning: {
        en: 'While this device was reconnecting, the user has connected from another one, or one was online that must not be kicked.',
        zh: '重连过程中用户在其他设备登录；或已有不允许被踢的同类型客户端在线。',
      },
      sdkGoesOn: 'no',
      reason: kick,
      source: android5,
    },
    31024: {
      meaning: { en: 'Private cloud: more connections than the licence allows.', zh: '私有云：连接总数超过授权上限。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'Retries of everybody who is locked out would not make room; a person may try again.',
        zh: '被挡在外面的客户端都来重试也腾不出名额；用户可以稍后手动再连。',
      },
      source: ios5,
    },
    31025: {
      meaning: {
        en: 'The app key belongs to another environment: development against production, or the reverse.',
        zh: 'App Key 与环境不符，例如用开发环境的 App Key 连接生产环境。',
      },
      sdkGoesOn: 'no',
      reason: settings,
      source: android5,
    },
    31026: {
      meaning: {
        en: 'The App Server, asked by RongCloud, did not let the user in. (One older iOS header gives this number the meaning of 31025.)',
        zh: '开启了 AppServer 联合鉴权，而 AppServer 鉴权未通过。（某个旧版 iOS 头文件中，它是 31025 的含义。）',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'Your App Server has decided. If it means the login, sign the user in again and call `connect()`.',
        zh: '这是您的 AppServer 的决定；若意味着登录失效，请让用户重新登录后再调用 `connect()`。',
      },
      source: android5,
    },
    31027: {
      meaning: { en: 'The one-time token was used before.', zh: '一次性 Token 已被使用过。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'A one-time token is spent with its first connection: every reconnect needs a new one.',
        zh: '一次性 Token 连接一次就作废，之后每次重连都需要新的。',
      },
      source: android5,
    },
    31028: {
      meaning: {
        en: 'By the Android page: the proxy that the app has set cannot be reached. On the Web the number means a token for another platform.',
        zh: '文档称应用设置的代理不可访问；在 Web 上这个数字表示 Token 的平台校验失败。',
      },
      sdkGoesOn: 'no',
      reason: proxy,
      source: connectPage,
    },
    31029: {
      meaning: { en: "The user's account was cancelled.", zh: '用户账号已注销。' },
      sdkGoesOn: 'no',
      reason: block,
      source: android5,
    },
    31030: {
      meaning: { en: 'The licence of the app or of the private cloud has expired.', zh: '应用或私有云的 License 已过期。' },
      sdkGoesOn: 'no',
      reason: settings,
      source: android5,
    },
    32054: {
      meaning: { en: 'The connection was reset, often by the carrier.', zh: '连接被重置，往往是运营商所为。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    32061: {
      meaning: { en: 'The connection was refused.', zh: '连接被拒绝。' },
      sdkGoesOn: 'yes',
      reason: {
        en: 'Whether the server or something on the way refused is not said, and a new lookup may bring other addresses.',
        zh: '看不出是服务器还是中间环节拒绝的，重新导航可能得到其他地址。',
      },
      source: android2,
    },
    33001: {
      meaning: { en: '`connect` was called before `init`.', zh: '未初始化就调用了 `connect`。' },
      sdkGoesOn: 'no',
      reason: calling,
      source: connectPage,
    },
    33002: {
      meaning: {
        en: "The local database failed, as an answer to connecting. (As the code of the database's own callback it is no failure of the connection: `database` becomes `failed`.)",
        zh: '本地数据库错误，且是连接的结果。（若出现在数据库打开的回调里，则不算连接失败：`database` 变为 `failed`。）',
      },
      sdkGoesOn: 'no',
      reason: nothing,
      source: android2,
    },
    33003: {
      meaning: { en: 'A parameter is wrong.', zh: '调用参数错误。' },
      sdkGoesOn: 'no',
      reason: calling,
      source: android2,
    },
    33004: {
      meaning: { en: 'There is no channel.', zh: '通道无效。' },
      sdkGoesOn: 'yes',
      reason: passes,
      source: android2,
    },
    34005: {
      meaning: { en: 'A public-cloud SDK was pointed at a private cloud, or the reverse.', zh: '公有云 SDK 连接了私有云，或相反。' },
      sdkGoesOn: 'no',
      reason: settings,
      source: android5,
    },
    34006: {
      meaning: { en: 'The `timeLimit` that the SDK was given has passed.', zh: '已超过交给 SDK 的 `timeLimit`。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'A person who waits is asked at once; otherwise the brain tries again, which this SDK would not.',
        zh: '有人在等待则立即询问；否则由大脑重试，SDK 自己不会再试。',
      },
      source: connectPage,
    },
    34245: {
      meaning: { en: 'The proxy that the app has set cannot be reached.', zh: '应用设置的代理地址不可用。' },
      sdkGoesOn: 'no',
      reason: proxy,
      source: harmony5,
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
      source: connectPage,
    },
  },
};
