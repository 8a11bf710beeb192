import { failureKinds, type FailureKind } from '../machines/connection/failure.ts';
import type { Language } from './Language.ts';
import { markdownTable } from './markdownTable.ts';

type Text = Readonly<Record<Language, string>>;

interface KindOfFailure {
  /** The status that the snapshot shows. */
  readonly sees: Text;
  /** What the brain does. test/chart/failureTable.test.ts proves it for each kind. */
  readonly does: Text;
  readonly counted: Text;
  /** The numbers of the policy that bound it, by name. */
  readonly limits: readonly string[];
  /** A sentence for the user, in both languages. */
  readonly show: Text;
}

const yes: Text = { en: 'yes', zh: '是' };
const no: Text = { en: 'no', zh: '否' };
const yesUnlessAsked: Text = { en: 'yes, except when it prompts or offline', zh: '是，询问用户或离线时除外' };
const yesUnlessOffline: Text = { en: 'yes, except offline', zh: '是，离线时除外' };
const waits = ['backoffMin', 'backoffMax', 'timeLimit'];
const renewals = ['maxTokenRenewals', 'maxTokenRenewalsPerHour', 'stableAfter', 'tokenTimeLimit'];

const kinds: Readonly<Record<FailureKind, KindOfFailure>> = {
  tokenIncorrect: {
    sees: { en: '`fetchingToken`: a spinner, nothing to decide', zh: '`fetchingToken`：只是转圈，无需操作' },
    does: {
      en: "drops the token, also from the `tokenStore`, asks `fetchToken` for a new one (`reason: 'incorrect'`) and connects at once; when the limits are used up → `failed`",
      zh: "丢弃 Token（`tokenStore` 中的也一并清除），以 `reason: 'incorrect'` 调用 `fetchToken` 换新，随即重连；超过上限则进入 `failed`",
    },
    counted: yes,
    limits: renewals,
    show: {
      en: 'Nothing. After `failed`: “We could not sign you in. Please sign in again.”',
      zh: '不必提示。进入 `failed` 后：“登录失败，请重新登录。”',
    },
  },
  tokenExpired: {
    sees: { en: '`fetchingToken`: a spinner, nothing to decide', zh: '`fetchingToken`：只是转圈，无需操作' },
    does: {
      en: "the same, with `reason: 'expired'`",
      zh: "同上，`reason: 'expired'`",
    },
    counted: yes,
    limits: renewals,
    show: {
      en: 'Nothing. After `failed`: “We could not sign you in. Please sign in again.”',
      zh: '不必提示。进入 `failed` 后：“登录失败，请重新登录。”',
    },
  },
  timeout: {
    sees: { en: '`prompting` when a person waits, otherwise `waiting`', zh: '有人在等待时 `prompting`，否则 `waiting`' },
    does: {
      en: 'asks the person who waits, at once; when nobody waits, it tries again after a growing, jittered pause',
      zh: '有人在等待则立即询问；没有人等待则间隔一段逐渐变长、带随机抖动的时间后重试',
    },
    counted: yesUnlessAsked,
    limits: ['timeLimit', 'attemptTimeLimit', 'tokenTimeLimit', 'backoffMin', 'backoffMax'],
    show: { en: '“Connecting takes longer than usual. Try again?”', zh: '“连接超时，是否重试？”' },
  },
  network: {
    sees: { en: '`waiting` with `retryAt`, or `offline`', zh: '`waiting` 及 `retryAt`，或 `offline`' },
    does: {
      en: 'tries again after a growing, jittered pause; while the platform says offline it tries nothing, and soon after it is back',
      zh: '间隔一段逐渐变长、带随机抖动的时间后重试；系统报告离线时不做任何尝试，恢复后很快重试',
    },
    counted: yesUnlessOffline,
    limits: [...waits, 'verifyTimeLimit', 'recoveryTimeLimit'],
    show: { en: '“No connection. Trying again in 5 s.”', zh: '“网络不可用，5 秒后重试。”' },
  },
  server: {
    sees: { en: '`waiting` with `retryAt`, or `offline`', zh: '`waiting` 及 `retryAt`，或 `offline`' },
    does: {
      en: 'tries again after a growing, jittered pause, never earlier than the `retryAfter` of the failure',
      zh: '间隔一段逐渐变长、带随机抖动的时间后重试，且绝不早于失败中的 `retryAfter`',
    },
    counted: yesUnlessOffline,
    limits: waits,
    show: { en: '“The service is busy. Trying again in 5 s.”', zh: '“服务繁忙，5 秒后重试。”' },
  },
  kicked: {
    sees: { en: '`kicked`', zh: '`kicked`' },
    does: { en: 'stops until `connect()`: two devices must not fight', zh: '停止，直到调用 `connect()`：两台设备不应互相踢' },
    counted: no,
    limits: [],
    show: {
      en: '“You have signed in on another device.” with a button that calls `connect()`',
      zh: '“您的账号已在其他设备登录。”并提供一个调用 `connect()` 的按钮',
    },
  },
  blocked: {
    sees: { en: '`failed`', zh: '`failed`' },
    does: { en: 'stops until `connect()`; the token is kept', zh: '停止，直到调用 `connect()`；Token 保留' },
    counted: no,
    limits: [],
    show: { en: '“This account has been suspended. Please contact support.”', zh: '“该账号已被封禁，如有疑问请联系客服。”' },
  },
  forbidden: {
    sees: { en: '`failed`', zh: '`failed`' },
    does: {
      en: 'stops until `connect()` and forgets the token: the login itself is over. No link is opened',
      zh: '停止，直到调用 `connect()`，并清除 Token：登录本身已失效，不会建立连接',
    },
    counted: no,
    limits: [],
    show: { en: '“Please sign in again.”, and the login page', zh: '“登录已失效，请重新登录。”并回到登录页' },
  },
  configuration: {
    sees: { en: '`failed`', zh: '`failed`' },
    does: {
      en: 'stops until `connect()`; the token is kept. It is for the developer: report `code` and `message`',
      zh: '停止，直到调用 `connect()`；Token 保留。这是开发者的问题：请上报 `code` 和 `message`',
    },
    counted: no,
    limits: [],
    show: { en: '“This version cannot connect. Please update the app.”', zh: '“当前版本无法连接，请更新应用。”' },
  },
  wrongUser: {
    sees: { en: '`failed`', zh: '`failed`' },
    does: {
      en: 'closes the link before anybody is in, forgets the token and stops: the server let in somebody else than `expectedUserId`',
      zh: '在登录完成之前关闭连接、清除 Token 并停止：服务器接受的用户不是 `expectedUserId`',
    },
    counted: no,
    limits: [],
    show: { en: '“Please sign in again.”, and the login page', zh: '“请重新登录。”并回到登录页' },
  },
  unknown: {
    sees: { en: '`waiting` with `retryAt`, or `offline`', zh: '`waiting` 及 `retryAt`，或 `offline`' },
    does: {
      en: 'tries again after a growing, jittered pause; the raw `code` is kept. Every code that is in no table comes here',
      zh: '间隔一段逐渐变长、带随机抖动的时间后重试，并保留原始 `code`。任何表中没有的错误码都归于此类',
    },
    counted: yesUnlessOffline,
    limits: waits,
    show: { en: '“Something went wrong. Trying again in 5 s.”', zh: '“出了点问题，5 秒后重试。”' },
  },
};

const heads: Readonly<Record<Language, readonly string[]>> = {
  en: ['kind', 'what the user sees', 'what the brain does', 'counted?', 'limits', 'what the app may show'],
  zh: ['类别', '用户看到', '大脑做什么', '是否计数', '上限', '应用可以提示'],
};

/** One row a kind of failure, as docs/failures.md shows them. */
export function failureKindTable(language: Language): string {
  const rows = failureKinds.map((kind) => {
    const { sees, does, counted, limits, show } = kinds[kind];
    const bounds = limits.map((limit) => `\`${limit}\``).join(language === 'en' ? ', ' : '、') || '–';
    return [`\`${kind}\``, sees[language], does[language], counted[language], bounds, show[language]];
  });
  return markdownTable(heads[language], rows);
}

/** The numbers of the policy that the table names, for tests. */
export const namedLimits: readonly string[] = Object.values(kinds).flatMap(({ limits }) => limits);
