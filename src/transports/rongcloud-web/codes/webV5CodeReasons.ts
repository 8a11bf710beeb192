import type { CodeReasons, Text } from '../../../transport/CodeReasons.ts';
import type { webV5Codes } from './webV5Codes.ts';

const source = 'SDK source, @rongcloud/engine 5.38.0';
const codePage = 'https://docs.rongcloud.io/web-imlib/code';
const typings = 'typings of @rongcloud/engine 5.38.0';

const kick: Text = { en: 'Coming back by itself would make the two devices fight.', zh: '自动重连会让两台设备互相踢下线。' };
const token: Text = {
  en: 'Only a new token helps. Counted, so that a token server that hands out bad ones makes no loop.',
  zh: '只有换新 Token 才有用。次数有上限，即使 Token 服务器总给出无效的 Token，也不会死循环。',
};
const settings: Text = {
  en: 'The next attempt would get the same answer: the app, its settings or the console have to change.',
  zh: '再试一次结果也一样，需要修改应用、配置或控制台设置。',
};
const block: Text = { en: 'Neither a new token nor another attempt helps.', zh: '换 Token、重试都没有用。' };
const lost: Text = { en: 'It passes by itself, and another attempt may find another way.', zh: '会自行恢复，再试一次可能就通了。' };
const calling: Text = {
  en: 'The app calls the SDK wrongly. Trying again does not change that.',
  zh: '是应用调用 SDK 的方式有误，重试也不会改变。',
};
const beforeVersion57: Text = {
  en: 'SDKs before 5.7 give this instead of an error code when they are interrupted.',
  zh: '5.7 之前的 SDK 在连接中断时给出的是它，而不是错误码。',
};
const lookup: Text = {
  en: 'The lookup of server addresses that precedes every connection failed, mostly for lack of network. The next attempt asks again.',
  zh: '连接前要先查询服务器地址（导航），这一步失败了，多半是网络原因；下次尝试会重新查询。',
};

/** The documented half of `webV5Codes`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const webV5CodeReasons: CodeReasons<typeof webV5Codes> = {
  failures: {
    [-1]: {
      meaning: {
        en: 'A server address did not open within 5 s. A browser tells the app 35008 instead.',
        zh: '某个服务器地址 5 秒内未能打开。在浏览器中应用收到的是 35008。',
      },
      sdkGoesOn: 'after the first success',
      reason: {
        en: 'One address of several, inside the SDK: not the time limit that a person was promised, so nobody is prompted.',
        zh: '这只是 SDK 内部某一个地址超时，并非向用户承诺的时限，因此不弹提示。',
      },
      source,
    },
    3: {
      meaning: {
        en: 'The network is not available (the number of the old `ConnectionStatus`).',
        zh: '网络不可用（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'after the first success',
      reason: beforeVersion57,
      source: codePage,
    },
    4: {
      meaning: {
        en: 'The connection was closed (the number of the old `ConnectionStatus`).',
        zh: '连接关闭（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'after the first success',
      reason: beforeVersion57,
      source: codePage,
    },
    6: {
      meaning: {
        en: 'The user has connected from another device (the number of the old `ConnectionStatus`).',
        zh: '用户在其他设备登录，本端被踢（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'SDKs before 5.7 give this instead of 31010. Coming back by itself would make the two devices fight.',
        zh: '5.7 之前的 SDK 用它代替 31010。自动重连会让两台设备互相踢下线。',
      },
      source: codePage,
    },
    7: {
      meaning: {
        en: 'The WebSocket could not connect (the number of the old `ConnectionStatus`).',
        zh: 'WebSocket 连接失败（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'after the first success',
      reason: beforeVersion57,
      source: typings,
    },
    8: {
      meaning: {
        en: 'The WebSocket reported an error (the number of the old `ConnectionStatus`).',
        zh: 'WebSocket 报错（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'after the first success',
      reason: beforeVersion57,
      source: typings,
    },
    9: {
      meaning: {
        en: 'The user is banned (the number of the old `ConnectionStatus`).',
        zh: '用户被封禁（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'SDKs before 5.7 give this instead of 31011. Neither a new token nor another attempt helps.',
        zh: '5.7 之前的 SDK 用它代替 31011。换 Token、重试都没有用。',
      },
      source: codePage,
    },
    12: {
      meaning: {
        en: "The page's domain is not allowed (the number of the old `ConnectionStatus`).",
        zh: '页面域名错误（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'SDKs before 5.7 give this instead of 31022. The domain must be added in the console.',
        zh: '5.7 之前的 SDK 用它代替 31022，需要在控制台添加域名。',
      },
      source: codePage,
    },
    13: {
      meaning: {
        en: 'The server closed the connection and named no cause (the number of the old `ConnectionStatus`).',
        zh: '服务器主动断开且未说明原因（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'Nothing speaks against coming back, nothing speaks for the network: counted, like every unexplained end.',
        zh: '没有理由不重连，也看不出是网络问题：与其他原因不明的断开一样计数重试。',
      },
      source: typings,
    },
    14: {
      meaning: {
        en: 'The server sends the client to another address (the number of the old `ConnectionStatus`).',
        zh: '服务器要求重定向（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'yes',
      reason: { en: 'The SDK follows by itself.', zh: 'SDK 会自行处理。' },
      source: typings,
    },
    19: {
      meaning: {
        en: "The user's account was cancelled (the number of the old `ConnectionStatus`).",
        zh: '用户账号已注销（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'no',
      reason: block,
      source: typings,
    },
    20: {
      meaning: {
        en: 'The app key is wrong (the number of the old `ConnectionStatus`).',
        zh: 'App Key 不正确（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'no',
      reason: settings,
      source: typings,
    },
    203: {
      meaning: {
        en: 'The address lookup failed (the number of the old `ConnectionStatus`).',
        zh: '导航请求失败（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source: typings,
    },
    204: {
      meaning: {
        en: 'The address lookup timed out (the number of the old `ConnectionStatus`).',
        zh: '导航请求超时（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source: typings,
    },
    1101: {
      meaning: {
        en: 'Kicked too often: some other device of the user reconnects again and again (the number of the old `ConnectionStatus`).',
        zh: '互踢次数过多，说明另一台设备也在自动重连（旧枚举 `ConnectionStatus` 的值）。',
      },
      sdkGoesOn: 'no',
      reason: kick,
      source: typings,
    },
    30001: {
      meaning: { en: 'The connection was released.', zh: '连接已被释放。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source: typings,
    },
    30002: {
      meaning: { en: 'The connection cannot be used.', zh: '当前连接不可用。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source: typings,
    },
    30004: {
      meaning: { en: 'The address lookup could not be sent.', zh: '导航的 HTTP 请求发送失败。' },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source: typings,
    },
    30005: {
      meaning: { en: 'The address lookup could not reach its server.', zh: '无法访问导航地址。' },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source: typings,
    },
    30006: {
      meaning: { en: 'The answer to the address lookup could not be received.', zh: '导航的 HTTP 应答接收失败。' },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source: typings,
    },
    30007: {
      meaning: {
        en: 'The address lookup brought nothing: refused, an HTTP error, or 10 s without an answer.',
        zh: '导航没有结果：被拒绝、HTTP 错误，或 10 秒无应答。',
      },
      sdkGoesOn: 'after the first success',
      reason: lookup,
      source,
    },
    30008: {
      meaning: { en: 'The answer to the address lookup cannot be read.', zh: '导航返回的数据格式错误。' },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source: typings,
    },
    30009: {
      meaning: { en: 'The answer to the address lookup holds no valid address.', zh: '导航数据中没有有效地址。' },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source: typings,
    },
    30010: {
      meaning: { en: 'The socket could not be created.', zh: '创建连接失败。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    30011: {
      meaning: { en: 'The connection broke.', zh: '连接断开。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    30012: {
      meaning: { en: 'Two pings in a row had no answer, about 30 s.', zh: '连续两次心跳没有应答，约 30 秒。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    30013: {
      meaning: { en: 'A ping had no answer in time.', zh: '心跳超时。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source: typings,
    },
    30014: {
      meaning: { en: 'A signal could not be sent.', zh: '信令发送失败。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source: typings,
    },
    30015: {
      meaning: { en: 'The client connects too often.', zh: '连接过于频繁。' },
      sdkGoesOn: 'not seen',
      reason: {
        en: 'The server wants to be left alone for a while: the adapter adds a `retryAfter` of 10 s.',
        zh: '服务器希望客户端缓一缓：适配器会加上 10 秒的 `retryAfter`。',
      },
      source: typings,
    },
    30019: {
      meaning: { en: 'There is no network.', zh: '网络不可用。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    30021: {
      meaning: { en: "TCP is connected, RongCloud's protocol over it is not.", zh: 'TCP 已连上，但其上的 RMTP 协议未连上。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    31000: {
      meaning: { en: 'The server did not acknowledge the connection in time.', zh: '服务器未在时限内应答连接请求。' },
      sdkGoesOn: 'after the first success',
      reason: {
        en: 'In a browser this SDK does not report it: a silent server is found out by `attemptTimeLimit`.',
        zh: '在浏览器中 SDK 不会报告它：服务器不应答由 `attemptTimeLimit` 发现。',
      },
      source,
    },
    31001: {
      meaning: { en: 'The server does not understand this version of the protocol.', zh: '信令协议版本错误。' },
      sdkGoesOn: 'no',
      reason: { en: 'The SDK has to be updated.', zh: '需要升级 SDK。' },
      source,
    },
    31002: {
      meaning: {
        en: "The vendor's texts disagree: “the app key is wrong” (older tables) or “the client info is malformed” (typings, which add: usually the app key).",
        zh: '厂商说法不一：旧文档说 App Key 错误；类型定义说客户端信息格式错误，并注明一般是 App Key 错误。',
      },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    31003: {
      meaning: {
        en: "The vendor's texts disagree: “the mini-program or desktop service is not enabled” (typings) or “the server is not available for the moment” (older tables).",
        zh: '厂商说法不一：类型定义说“小程序（或桌面端）服务未开通”，旧文档说“服务器暂不可用”。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'The milder reading costs some attempts with growing pauses; the harsher one would lock everybody out during an outage. If it never stops, look into the console.',
        zh: '按较轻的理解，代价只是几次间隔渐长的重试；按较重的理解，一次故障就会把所有人挡在门外。若一直出现，请检查控制台是否已开通服务。',
      },
      source: typings,
    },
    31004: {
      meaning: {
        en: 'The token is not valid: wrong, from an older secret, or of another app key.',
        zh: 'Token 无效：写错了、由旧 Secret 签发，或属于另一个 App Key。',
      },
      sdkGoesOn: 'no',
      reason: token,
      source,
    },
    31005: {
      meaning: { en: 'The app check is enabled and was not passed.', zh: '已开通 App 校验，但校验未通过。' },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    31006: {
      meaning: { en: 'The server sends the client to another address.', zh: '服务器要求重定向到其他地址。' },
      sdkGoesOn: 'yes',
      reason: {
        en: 'The SDK follows by itself. Only a server that redirects without end becomes a failure, of kind `server`.',
        zh: 'SDK 会自行处理；只有服务器无休止地重定向时才算失败，类别为 `server`。',
      },
      source,
    },
    31007: {
      meaning: { en: 'The package name is not the registered one.', zh: '包名与后台登记的不一致。' },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    31008: {
      meaning: { en: 'The app key is blocked or deleted.', zh: 'App Key 被封禁或已删除。' },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    31009: {
      meaning: { en: 'The user is banned; found out on connecting.', zh: '用户被封禁，连接时得知。' },
      sdkGoesOn: 'no',
      reason: block,
      source,
    },
    31010: {
      meaning: { en: 'The user has connected from another device.', zh: '用户在其他设备登录，本端被踢下线。' },
      sdkGoesOn: 'no',
      reason: kick,
      source,
    },
    31011: {
      meaning: { en: 'The user was banned while connected.', zh: '用户在连接期间被封禁。' },
      sdkGoesOn: 'no',
      reason: block,
      source,
    },
    31012: {
      meaning: { en: 'The encryption of the connection could not be authenticated.', zh: '链路加密认证失败。' },
      sdkGoesOn: 'not seen',
      reason: settings,
      source: typings,
    },
    31020: {
      meaning: { en: 'The token has expired, on connecting or while connected.', zh: 'Token 已过期，可能在连接时，也可能在连接期间。' },
      sdkGoesOn: 'no',
      reason: token,
      source,
    },
    31021: {
      meaning: { en: 'The token is bound to another device.', zh: 'Token 中的设备 ID 与当前设备不一致。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'A new token may be bound to this device. If it is not, the cap on renewals ends it.',
        zh: '新 Token 可能绑定当前设备；若仍不是，则由换新次数上限终止。',
      },
      source,
    },
    31022: {
      meaning: { en: "The page's domain is not on the console's list of safe domains.", zh: '页面域名不在控制台的安全域名列表中。' },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    31023: {
      meaning: {
        en: 'Another client of the same kind is online, and the app has chosen that it stays.',
        zh: '同类型客户端已在线，且应用设置为不允许把它踢下线。',
      },
      sdkGoesOn: 'no',
      reason: kick,
      source,
    },
    31024: {
      meaning: { en: 'Private cloud: more connections than the licence allows.', zh: '私有云：连接总数超过授权上限。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'Retries of everybody who is locked out would not make room; a person may try again.',
        zh: '被挡在外面的客户端都来重试也腾不出名额；用户可以稍后手动再连。',
      },
      source,
    },
    31025: {
      meaning: {
        en: 'The app key belongs to another environment: development against production, or the reverse.',
        zh: 'App Key 与环境不符，例如用开发环境的 App Key 连接生产环境。',
      },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    31026: {
      meaning: {
        en: 'The App Server, asked by RongCloud, did not let the user in.',
        zh: '开启了 AppServer 联合鉴权，而 AppServer 鉴权未通过。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'Your App Server has decided. If it means the login, sign the user in again and call `connect()`.',
        zh: '这是您的 AppServer 的决定；若意味着登录失效，请让用户重新登录后再调用 `connect()`。',
      },
      source,
    },
    31027: {
      meaning: { en: 'The one-time token was used before.', zh: '一次性 Token 已被使用过。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'A one-time token is spent with its first connection: every reconnect needs a new one.',
        zh: '一次性 Token 连接一次就作废，之后每次重连都需要新的。',
      },
      source,
    },
    31028: {
      meaning: { en: 'The token is not meant for this platform.', zh: 'Token 的平台校验失败。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'A new token for the same user is issued for the same platforms: the App Server has to change.',
        zh: '同一用户的新 Token 平台限制不变，需要修改 App Server。',
      },
      source,
    },
    31029: {
      meaning: { en: "The user's account was cancelled.", zh: '用户账号已注销。' },
      sdkGoesOn: 'no',
      reason: block,
      source,
    },
    31030: {
      meaning: { en: 'The licence of the app or of the private cloud has expired.', zh: '应用或私有云的 License 已过期。' },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    32011: {
      meaning: { en: 'The server closed a QUIC connection and said when to come back.', zh: '服务器主动断开（仅 QUIC），并告知何时再来。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    32054: {
      meaning: { en: 'The connection was reset, often by the carrier.', zh: '连接被重置，往往是运营商所为。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    32061: {
      meaning: { en: 'The connection was refused; the SDK has tried its other addresses first.', zh: '连接被拒绝；SDK 已先试过其他地址。' },
      sdkGoesOn: 'no',
      reason: {
        en: 'Whether the server or something on the way refused is not said, and a new lookup may bring other addresses.',
        zh: '看不出是服务器还是中间环节拒绝的，重新导航可能得到其他地址。',
      },
      source,
    },
    32546: {
      meaning: { en: 'The key of the protocol is wrong.', zh: '协议密钥不正确。' },
      sdkGoesOn: 'not seen',
      reason: settings,
      source: typings,
    },
    33001: {
      meaning: { en: '`connect` was called before `init`.', zh: '未初始化就调用了 `connect`。' },
      sdkGoesOn: 'no',
      reason: calling,
      source,
    },
    33002: {
      meaning: { en: 'The local database failed (Electron).', zh: '本地数据库错误（Electron）。' },
      sdkGoesOn: 'not seen',
      reason: {
        en: 'It says nothing about the token or the network: counted, and tried again.',
        zh: '它说明不了 Token 或网络有问题：计数并重试。',
      },
      source: typings,
    },
    33003: {
      meaning: { en: 'A parameter is wrong.', zh: '调用参数错误。' },
      sdkGoesOn: 'not seen',
      reason: calling,
      source: typings,
    },
    33004: {
      meaning: { en: 'There is no channel.', zh: '通道无效。' },
      sdkGoesOn: 'not seen',
      reason: lost,
      source: typings,
    },
    34005: {
      meaning: { en: 'A public-cloud SDK was pointed at a private cloud, or the reverse.', zh: '公有云 SDK 连接了私有云，或相反。' },
      sdkGoesOn: 'no',
      reason: settings,
      source,
    },
    34006: {
      meaning: { en: 'The time limit of the connection has passed.', zh: '连接超时。' },
      sdkGoesOn: 'not seen',
      reason: { en: "The SDK's own time limit, which the browser SDK does not have.", zh: '这是 SDK 自己的时限，浏览器端 SDK 没有。' },
      source: typings,
    },
    34245: {
      meaning: { en: 'The proxy that the app has set cannot be reached.', zh: '应用设置的代理地址不可用。' },
      sdkGoesOn: 'not seen',
      reason: { en: 'It is the way to the server that fails, as with any network.', zh: '与其他网络问题一样，是到服务器的路不通。' },
      source: typings,
    },
    34310: {
      meaning: { en: "Electron: the SDK's subprocess has ended.", zh: 'Electron：SDK 子进程意外终止。' },
      sdkGoesOn: 'after the first success',
      reason: {
        en: 'The SDK starts it again when it was connected; otherwise the next attempt does.',
        zh: '已连接时 SDK 会自动重连，否则由下一次尝试重新启动。',
      },
      source: typings,
    },
    34311: {
      meaning: { en: "Electron: the SDK's native module is missing.", zh: 'Electron：缺少 SDK 的 addon 模块。' },
      sdkGoesOn: 'not seen',
      reason: { en: 'The installation is incomplete.', zh: '安装不完整。' },
      source: typings,
    },
    35007: {
      meaning: { en: "The SDK's `reconnect` was called without `disconnect` before.", zh: '未断开就调用了 SDK 的 `reconnect`。' },
      sdkGoesOn: 'not seen',
      reason: { en: 'Nothing that is used here calls it. A fresh connect is all it takes.', zh: '这里不会调用它；重新 connect 即可。' },
      source: typings,
    },
    35008: {
      meaning: {
        en: 'No server address can be reached. Despite its name mostly a lack of network.',
        zh: '没有任何服务器地址可达。名字虽是“服务器不可用”，其实多半是网络问题。',
      },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    35009: {
      meaning: { en: 'The old number of 31022.', zh: '31022 的旧编号。' },
      sdkGoesOn: 'not seen',
      reason: settings,
      source: typings,
    },
    35010: {
      meaning: { en: 'The old number of 31023.', zh: '31023 的旧编号。' },
      sdkGoesOn: 'not seen',
      reason: kick,
      source: typings,
    },
  },
  notFailures: {
    0: {
      name: 'SUCCESS',
      meaning: { en: 'Connected.', zh: '连接成功。' },
      adapter: { en: 'Takes it for the success that it is.', zh: '即连接成功。' },
      source,
    },
    1: {
      name: 'CONNECTING',
      meaning: { en: 'Connecting (the number of the old `ConnectionStatus`).', zh: '连接中（旧枚举 `ConnectionStatus` 的值）。' },
      adapter: { en: 'Would be taken for `unknown`; it has not been seen.', zh: '会被当作 `unknown`；实际未见到过。' },
      source: typings,
    },
    2: {
      name: 'ACTIVE_DISCONNECT',
      meaning: { en: "The app called the SDK's `disconnect()`.", zh: '应用调用了 SDK 的 `disconnect()`。' },
      adapter: {
        en: 'Does not hear the goodbye that it says itself. When the app has called the SDK past the connection, it reports `unknown` and says so in the message.',
        zh: '自己断开时不再监听。若是应用绕过本库直接调用了 SDK，则报告 `unknown`，并在 message 中说明。',
      },
      source,
    },
    201: {
      name: 'REQUEST_NAVI',
      meaning: {
        en: 'The address lookup begins (the number of the old `ConnectionStatus`).',
        zh: '开始请求导航（旧枚举 `ConnectionStatus` 的值）。',
      },
      adapter: { en: 'Would be taken for `unknown`; it has not been seen.', zh: '会被当作 `unknown`；实际未见到过。' },
      source: typings,
    },
    202: {
      name: 'RESPONSE_NAVI',
      meaning: {
        en: 'The address lookup is done (the number of the old `ConnectionStatus`).',
        zh: '导航请求结束（旧枚举 `ConnectionStatus` 的值）。',
      },
      adapter: { en: 'Would be taken for `unknown`; it has not been seen.', zh: '会被当作 `unknown`；实际未见到过。' },
      source: typings,
    },
    33005: {
      name: 'BIZ_ERROR_RECONNECT_SUCCESS',
      meaning: { en: 'Reconnected.', zh: '重新连接成功。' },
      adapter: { en: 'Would be taken for `unknown`; it has not been seen.', zh: '会被当作 `unknown`；实际未见到过。' },
      source: typings,
    },
    33006: {
      name: 'BIZ_ERROR_CONNECTING',
      meaning: { en: '`connect` was called while connecting.', zh: '连接中再次调用 `connect`。' },
      adapter: {
        en: 'Never calls twice. Version 5 joins the attempt under way instead of answering with it.',
        zh: '不会重复调用。5.x 会加入正在进行的连接，而不是返回这个码。',
      },
      source,
    },
    34001: {
      name: 'RC_CONNECTION_EXIST',
      meaning: { en: 'Already connected, or reconnecting.', zh: '连接已存在，或正在重连。' },
      adapter: {
        en: 'Leaves nothing open when it connects. Version 5 does not answer with it.',
        zh: '连接前会先确认没有遗留的连接。5.x 不会返回这个码。',
      },
      source,
    },
  },
};
