import type { CodeReasons, Text } from '../../../transport/CodeReasons.ts';
import type { webLegacyStatuses } from './webLegacyStatuses.ts';

const source = 'SDK source, @rongcloud/imlib-v4 4.6.4 and @rongcloud/imlib-v2 2.9.2';

const kick: Text = { en: 'Coming back by itself would make the two devices fight.', zh: '自动重连会让两台设备互相踢下线。' };
const lookup: Text = {
  en: 'The lookup of server addresses that precedes every connection failed, mostly for lack of network. The next attempt asks again.',
  zh: '连接前要先查询服务器地址（导航），这一步失败了，多半是网络原因；下次尝试会重新查询。',
};
const lost: Text = { en: 'It passes by itself, and another attempt may find another way.', zh: '会自行恢复，再试一次可能就通了。' };
const settings: Text = {
  en: 'The next attempt would get the same answer: the app, its settings or the console have to change.',
  zh: '再试一次结果也一样，需要修改应用、配置或控制台设置。',
};

/** The documented half of `webLegacyStatuses`: for docs and tests. Nothing that ships imports this file, so its prose is in no bundle. */
export const webLegacyStatusReasons: CodeReasons<typeof webLegacyStatuses> = {
  failures: {
    3: {
      meaning: { en: 'Two pings in a row had no answer.', zh: '连续两次心跳没有应答。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    4: {
      meaning: { en: 'The socket was closed.', zh: 'Socket 已关闭。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    6: {
      meaning: { en: 'The user has connected from another device.', zh: '用户在其他设备登录，本端被踢下线。' },
      sdkGoesOn: 'no',
      reason: kick,
      source,
    },
    7: {
      meaning: { en: 'Reconnecting failed, the SDK tries again in 5 s.', zh: '重连失败，SDK 会在 5 秒后再试。' },
      sdkGoesOn: 'after the first success',
      reason: {
        en: 'It hides every reason, a refused token among them: after three answers of the server that let nobody in, the adapter calls it `tokenIncorrect` once.',
        zh: '它掩盖了一切原因，包括 Token 被拒绝：服务器连续三次作答都不放行后，适配器会把它当作一次 `tokenIncorrect`。',
      },
      source,
    },
    8: {
      meaning: { en: 'The socket reported an error.', zh: 'Socket 报错。' },
      sdkGoesOn: 'after the first success',
      reason: lost,
      source,
    },
    9: {
      meaning: { en: 'The user is banned.', zh: '用户被封禁。' },
      sdkGoesOn: 'no',
      reason: { en: 'Neither a new token nor another attempt helps.', zh: '换 Token、重试都没有用。' },
      source,
    },
    12: {
      meaning: { en: "The page's domain is not on the console's list of safe domains.", zh: '页面域名不在控制台的安全域名列表中。' },
      sdkGoesOn: 'not seen',
      reason: settings,
      source,
    },
    13: {
      meaning: {
        en: 'The server closed the connection and named no cause; a token that expires meanwhile looks like this.',
        zh: '服务器主动断开，未说明原因；连接期间 Token 过期也是这样。',
      },
      sdkGoesOn: 'no',
      reason: {
        en: 'Nothing speaks against coming back: counted, and the next attempt is told the reason.',
        zh: '没有理由不重连：计数重试，下一次连接就会得知原因。',
      },
      source,
    },
    14: {
      meaning: { en: 'The server sends the client to another address.', zh: '服务器要求重定向到其他地址。' },
      sdkGoesOn: 'yes',
      reason: { en: 'The SDK follows by itself.', zh: 'SDK 会自行处理。' },
      source,
    },
    20: {
      meaning: { en: 'The app key is wrong.', zh: 'App Key 不正确。' },
      sdkGoesOn: 'not seen',
      reason: settings,
      source,
    },
    203: {
      meaning: { en: 'The address lookup failed.', zh: '导航请求失败。' },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source,
    },
    204: {
      meaning: { en: 'The address lookup timed out.', zh: '导航请求超时。' },
      sdkGoesOn: 'not seen',
      reason: lookup,
      source,
    },
    1101: {
      meaning: {
        en: 'Kicked too often: some other device of the user reconnects again and again.',
        zh: '互踢次数过多，说明另一台设备也在自动重连。',
      },
      sdkGoesOn: 'not seen',
      reason: kick,
      source,
    },
  },
  notFailures: {
    0: {
      name: 'CONNECTED',
      meaning: { en: 'Connected.', zh: '连接成功。' },
      adapter: { en: 'Reports success.', zh: '报告连接成功。' },
      source,
    },
    1: {
      name: 'CONNECTING',
      meaning: { en: 'Connecting.', zh: '连接中。' },
      adapter: { en: 'Goes on waiting, or stays `recovering`.', zh: '继续等待，或保持 `recovering`。' },
      source,
    },
    2: {
      name: 'DISCONNECTED',
      meaning: { en: "The SDK's `disconnect()` was called.", zh: '调用了 SDK 的 `disconnect()`。' },
      adapter: {
        en: 'Does not hear the goodbye that it says itself. When the app has called the SDK past the connection, it ends the link as `unknown`.',
        zh: '自己断开时不再监听。若是应用绕过本库直接调用了 SDK，则以 `unknown` 结束连接。',
      },
      source,
    },
    201: {
      name: 'REQUEST_NAVI',
      meaning: { en: 'The address lookup begins.', zh: '开始请求导航。' },
      adapter: { en: 'Goes on waiting, or stays `recovering`.', zh: '继续等待，或保持 `recovering`。' },
      source,
    },
    202: {
      name: 'RESPONSE_NAVI',
      meaning: { en: 'The address lookup is done.', zh: '导航请求结束。' },
      adapter: { en: 'Goes on waiting, or stays `recovering`.', zh: '继续等待，或保持 `recovering`。' },
      source,
    },
  },
};
