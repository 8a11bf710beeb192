import type { NotFailure } from '../../../transport/CodeReasons.ts';

const typings = 'typings of @rongcloud/engine 5.38.0';

/** `RCConnectionStatus` of `@rongcloud/imlib-next`: the codes of its events say what has failed, so there is no table of it. */
export const webV5StatusReasons: {
  readonly failures: Readonly<Record<number, never>>;
  readonly notFailures: Readonly<Record<number, NotFailure>>;
} = {
  failures: {},
  notFailures: {
    0: {
      name: 'CONNECTED',
      meaning: { en: 'Connected.', zh: '已连接。' },
      adapter: {
        en: "Listens to the events instead; a connection of somebody else's doing is closed first.",
        zh: '以事件为准；若已被他人连接，会先断开。',
      },
      source: typings,
    },
    1: {
      name: 'CONNECTING',
      meaning: { en: 'Connecting, for the first time or again.', zh: '连接中（首次或重连）。' },
      adapter: {
        en: "Listens to the events instead; an attempt of somebody else's doing is ended first.",
        zh: '以事件为准；若他人正在连接，会先结束它。',
      },
      source: typings,
    },
    2: {
      name: 'DISCONNECTED',
      meaning: {
        en: 'Not connected; the SDK has stopped. The event `DISCONNECT` carries the reason as a code.',
        zh: '未连接，SDK 已停止；原因在 `DISCONNECT` 事件的错误码中。',
      },
      adapter: { en: 'Judges the code of the event by the table above.', zh: '按上表判断事件中的错误码。' },
      source: typings,
    },
    3: {
      name: 'SUSPENDED',
      meaning: {
        en: 'Lost; the SDK tries again after 5 s. The event `SUSPEND` carries the reason as a code.',
        zh: '连接挂起，SDK 会在 5 秒后重连；原因在 `SUSPEND` 事件的错误码中。',
      },
      adapter: { en: '`recovering`, with the code of the event.', zh: '进入 `recovering`，附带事件中的错误码。' },
      source: typings,
    },
  },
};
