import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it, test } from 'vitest';
import { failureKinds, type FailureKind } from '../../machines/connection/failure.ts';
import { codeToFailure, type CodeTable } from '../../src/transport/codeTable.ts';
import { androidCodeReasons } from '../../src/transports/rongcloud-native/codes/androidCodeReasons.ts';
import { androidCodes } from '../../src/transports/rongcloud-native/codes/androidCodes.ts';
import { iosCodeReasons } from '../../src/transports/rongcloud-native/codes/iosCodeReasons.ts';
import { iosCodes } from '../../src/transports/rongcloud-native/codes/iosCodes.ts';
import { reactNativeImlibCodeReasons } from '../../src/transports/rongcloud-native/codes/reactNativeImlibCodeReasons.ts';
import { reactNativeImlibCodes } from '../../src/transports/rongcloud-native/codes/reactNativeImlibCodes.ts';
import { reactNativeImlibStatusReasons } from '../../src/transports/rongcloud-native/codes/reactNativeImlibStatusReasons.ts';
import { reactNativeImlibStatuses } from '../../src/transports/rongcloud-native/codes/reactNativeImlibStatuses.ts';
import { wrapperCodeReasons } from '../../src/transports/rongcloud-native/codes/wrapperCodeReasons.ts';
import { wrapperCodes } from '../../src/transports/rongcloud-native/codes/wrapperCodes.ts';
import { wrapperStatuses } from '../../src/transports/rongcloud-native/codes/wrapperStatuses.ts';
import { wrapperStatusReasons } from '../../src/transports/rongcloud-native/codes/wrapperStatusReasons.ts';
import type { CodeReason, CodeReasons, NotFailure } from '../../src/transport/CodeReasons.ts';
import { webLegacyStatuses } from '../../src/transports/rongcloud-web/codes/webLegacyStatuses.ts';
import { webLegacyStatusReasons } from '../../src/transports/rongcloud-web/codes/webLegacyStatusReasons.ts';
import { webV2CodeReasons } from '../../src/transports/rongcloud-web/codes/webV2CodeReasons.ts';
import { webV2Codes } from '../../src/transports/rongcloud-web/codes/webV2Codes.ts';
import { webV4CodeReasons } from '../../src/transports/rongcloud-web/codes/webV4CodeReasons.ts';
import { webV4Codes } from '../../src/transports/rongcloud-web/codes/webV4Codes.ts';
import { webV5CodeReasons } from '../../src/transports/rongcloud-web/codes/webV5CodeReasons.ts';
import { webV5Codes } from '../../src/transports/rongcloud-web/codes/webV5Codes.ts';
import { webV5StatusReasons } from '../../src/transports/rongcloud-web/codes/webV5StatusReasons.ts';

// The vendor's own lists

type Members = readonly (readonly [name: string, code: number])[];

const require = createRequire(import.meta.url);
/** The engine that a package brings along: npm nests the older ones. */
const engineOf = (sdk: string) => join(dirname(createRequire(require.resolve(sdk)).resolve('@rongcloud/engine')), 'index.d.ts');

/** An enum of the SDK's typings. */
function enumIn(file: string, name: string): Members {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found = source.statements.filter(ts.isEnumDeclaration).find((each) => each.name.text === name);
  if (!found) throw new Error(`${file} has no enum ${name}`);
  return found.members.map((member) => [member.name.getText(source), Number(member.initializer?.getText(source))]);
}

const v5 = engineOf('@rongcloud/imlib-next');
const v4 = engineOf('@rongcloud/imlib-v4');
const v2 = engineOf('@rongcloud/imlib-v2');
// its code cannot be loaded without React Native, so neither can its path be resolved by its entry
const oldReactNative = join(dirname(require.resolve('rongcloud-react-native-imlib/package.json')), 'lib/js/types.d.ts');

// What of them concerns connecting, and what does not. A member of an SDK's enum must be in a table, among its codes that are no
// failure, in a named exception, or in a range that is about something else: a code that the vendor adds near the others fails this test.

type Range = readonly [from: number, to: number, about: string];

/** Where no code concerns connecting. All numbers between and around them belong to connecting until somebody has looked at them. */
const ranges: readonly Range[] = [
  [100, 200, 'answers of HTTP, kept free'],
  [205, 999, 'answers of the server to a message'],
  [5004, 5004, 'the answer to a request did not come'],
  [20_000, 29_999, 'messages, groups, chat rooms, users, pushes'],
  [33_000, 33_000, 'storing a message'],
  [33_007, 33_999, 'history, tags, edited messages'],
  [34_008, 34_299, 'messages and the parameters of calls'],
  [34_301, 34_309, 'the local database, and subscriptions'],
  [34_312, 34_999, 'parameters of calls'],
  [35_011, 39_999, 'conversations, drafts, chat rooms, blacklists, streams'],
  [41_000, 41_999, 'uploads'],
  [51_000, 61_999, 'calls between users, and messages by id'],
];

/** In a range, yet by its name it might concern connecting. */
const smell = /CONN(?!V)|NET_|NETWORK|SOCKET|NAVI|TOKEN|KICK|LOGIN|REDIRECT|LICEN|CLUSTER|PROXY|ONLINE|DATA_CENTER|PING|RECONNECT/;

type Exceptions = Readonly<Record<number, string>>;

const messageCodes: Exceptions = {
  23409: 'kicked from a chat room, not from the connection',
  30003: 'a message had no answer; the connection may be well',
  30016: 'a message is too big',
  32001: 'the answer to a query is empty',
  32002: 'the answer to a query is incomplete',
};
const callCodes: Exceptions = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17, 18].map((code) => [code, 'how a call between users ended']),
);
const legacyCodes: Exceptions = {
  ...messageCodes,
  ...callCodes,
  [-6]: 'a parameter of RTC was changed',
  [-5]: 'a call of the Electron main process failed',
  [-4]: 'a call that the extension does not have',
  34001: 'removing a conversation; on other platforms "already connected"',
  34002: 'listing conversations',
  34003: 'setting a conversation',
  34004: 'counting unread messages',
  34005: 'counting unread messages; on other platforms "wrong environment"',
  34006: 'counting unread messages; on other platforms "timeout"',
  34007: 'clearing unread messages',
  35001: 'syncing groups',
  35002: 'matching groups',
  35003: 'a read receipt',
};

interface Platform {
  readonly table: CodeTable;
  readonly reasons: { readonly failures: Readonly<Record<number, CodeReason>>; readonly notFailures: Readonly<Record<number, NotFailure>> };
  readonly members: Members;
  readonly exceptions: Exceptions;
  /** Names that are not in the enum of the installed SDK, with the reason. */
  readonly aliases?: Readonly<Record<number, string>>;
}

const androidOnly = 'Android 2.x has it inside the package, its typings do not';

const platforms: Readonly<Record<string, Platform>> = {
  webV5: {
    table: webV5Codes,
    reasons: webV5CodeReasons,
    members: [...enumIn(v5, 'ErrorCode'), ...enumIn(v5, 'ConnectionStatus')],
    exceptions: {
      ...messageCodes,
      30017: 'a type of message that cannot be sent',
      35001: 'syncing groups',
      35002: 'matching groups',
      35004: 'a call that this platform does not have',
      35005: 'a call of the Electron main process failed',
      20512: 'RongCloud’s log configuration is asked for in another data center; the SDK goes there by itself',
      25417: 'leaving a group',
      25432: 'the token of a page of results',
      26020: 'subscribing to who is online',
      34238: 'the proxy that is passed in is none',
      34240: 'a test of the proxy, which the app asked for',
      34305: 'what was loaded over the network cannot be read',
      34329: 'data of groups and friends is being synced',
    },
  },
  webV5Statuses: { table: {}, reasons: webV5StatusReasons, members: enumIn(v5, 'RCConnectionStatus'), exceptions: {} },
  webV4: { table: webV4Codes, reasons: webV4CodeReasons, members: enumIn(v4, 'ErrorCode'), exceptions: legacyCodes },
  webV2: { table: webV2Codes, reasons: webV2CodeReasons, members: enumIn(v2, 'ErrorCode'), exceptions: legacyCodes },
  webV4Statuses: { table: webLegacyStatuses, reasons: webLegacyStatusReasons, members: enumIn(v4, 'ConnectionStatus'), exceptions: {} },
  webV2Statuses: { table: webLegacyStatuses, reasons: webLegacyStatusReasons, members: enumIn(v2, 'ConnectionStatus'), exceptions: {} },
  reactNativeImlib: {
    table: reactNativeImlibCodes,
    reasons: reactNativeImlibCodeReasons,
    members: [...enumIn(oldReactNative, 'ConnectErrorCode'), ...enumIn(oldReactNative, 'ErrorCode')],
    exceptions: messageCodes,
    aliases: Object.fromEntries([-2, 30005, 30006, 30009, 30019, 31011, 32054, 33004, 33005, 33006].map((code) => [code, androidOnly])),
  },
  reactNativeImlibIosStatuses: {
    table: reactNativeImlibStatuses.ios,
    reasons: reactNativeImlibStatusReasons.ios,
    members: enumIn(oldReactNative, 'ConnectionStatusIOS'),
    exceptions: {},
  },
  reactNativeImlibAndroidStatuses: {
    table: reactNativeImlibStatuses.android,
    reasons: reactNativeImlibStatusReasons.android,
    members: enumIn(oldReactNative, 'ConnectionStatusAndroid'),
    exceptions: {},
    aliases: { 6: androidOnly },
  },
};

const rowsOf = (table: CodeTable) =>
  Object.entries(table).flatMap(([kind, names]) =>
    Object.entries(names).map(([code, name]) => ({ code: Number(code), kind: kind as FailureKind, name })),
  );

/** Why a member does not concern connecting; undefined when it does. */
function elsewhere(name: string, code: number, exceptions: Exceptions): string | undefined {
  if (exceptions[code] !== undefined) return exceptions[code];
  return smell.test(name) ? undefined : ranges.find(([from, to]) => code >= from && code <= to)?.[2];
}

/** The members that nobody has looked at yet. */
function strangersIn({ table, reasons, members, exceptions }: Platform): string[] {
  const known = new Set([...rowsOf(table).map(({ code }) => code), ...Object.keys(reasons.notFailures).map(Number)]);
  return members
    .filter(([name, code]) => !known.has(code) && elsewhere(name, code, exceptions) === undefined)
    .map((each) => each.join(' = '));
}

describe.each(Object.entries(platforms))('%s, against the installed SDK', (_, platform) => {
  const { table, reasons, members, exceptions, aliases = {} } = platform;
  const named = [...rowsOf(table), ...Object.entries(reasons.notFailures).map(([code, { name }]) => ({ code: Number(code), name }))];

  it('reads the enum', () => {
    expect(members.length).toBeGreaterThan(3);
    for (const [name, code] of members) expect(code, name).toBeTypeOf('number');
    expect(members.filter(([, code]) => Number.isNaN(code))).toEqual([]);
  });

  it('has each member that concerns connecting in a half of the table', () => expect(strangersIn(platform)).toEqual([]));

  it('calls each code as the SDK does', () => {
    for (const { code, name } of named) {
      const names = members.filter((member) => member[1] === code).map((member) => member[0]);
      if (aliases[code] === undefined) expect(names, `${code}`).toContain(name);
      else expect(names, `${code} needs no alias`).toEqual([]);
    }
  });

  it('has an exception only for what exists, and for nothing that is in the table', () => {
    const codes = new Set(members.map((member) => member[1]));
    const listed = new Set(named.map(({ code }) => code));
    for (const code of Object.keys(exceptions).map(Number)) {
      expect(listed, `${code}`).not.toContain(code);
      // one list of exceptions serves several SDKs
      const shared = code in messageCodes || code in legacyCodes;
      if (!shared) expect(codes, `${code}`).toContain(code);
    }
  });
});

test('a code that the vendor adds is noticed, wherever it is', () => {
  const add = (...added: Members) => strangersIn({ ...platforms['webV5']!, members: [...platforms['webV5']!.members, ...added] });
  expect(add()).toEqual([]);
  expect(add(['RC_CONN_NEW', 31_031])).toEqual(['RC_CONN_NEW = 31031']);
  expect(add(['SOMETHING', 30_050], ['ELSE', 34_007], ['OTHER', 36], ['MORE', 90_000])).toHaveLength(4);
  expect(add(['RC_CONN_FAR_AWAY', 36_999])).toEqual(['RC_CONN_FAR_AWAY = 36999']);
  expect(add(['MESSAGE_TOO_BLUE', 20_999])).toEqual([]);
});

// The native SDKs cannot be installed here. What they publish, as of 5.x:

const published: Readonly<Record<string, readonly [table: CodeTable, reasons: Platform['reasons'], members: Members]>> = {
  // IRongCoreEnum.ConnectionErrorCode, https://docs.rongcloud.cn/android-imlib/connection/connect
  android: [
    androidCodes,
    androidCodeReasons,
    [
      ['IPC_DISCONNECT', -2],
      ['RC_CONN_ID_REJECT', 31002],
      ['RC_CONN_TOKEN_INCORRECT', 31004],
      ['RC_CONN_NOT_AUTHRORIZED', 31005],
      ['RC_CONN_PACKAGE_NAME_INVALID', 31007],
      ['RC_CONN_APP_BLOCKED_OR_DELETED', 31008],
      ['RC_CONN_USER_BLOCKED', 31009],
      ['RC_DISCONN_KICK', 31010],
      ['RC_CONN_TOKEN_EXPIRE', 31020],
      ['RC_CONN_OTHER_DEVICE_LOGIN', 31023],
      ['RC_CONN_CLUSTER_ERROR', 31025],
      ['RC_CONN_APP_AUTH_FAILED', 31026],
      ['RC_CONN_DISPOSABLE_TOKEN_USED', 31027],
      ['RC_CONN_PROXY_UNAVAILABLE', 31028],
      ['RC_CONN_USER_ABANDON', 31029],
      ['RC_CONN_APP_LICENSE_EXPIRED', 31030],
      ['RC_CLIENT_NOT_INIT', 33001],
      ['RC_INVALID_PARAMETER', -3],
      ['RC_CONNECTION_EXIST', 34001],
      ['RC_ENVIRONMENT_ERROR', 34005],
      ['RC_CONNECT_TIMEOUT', 34006],
      ['UNKNOWN', -1],
    ],
  ],
  // RCConnectErrorCode and RCDBErrorCode in RCStatusDefine.h
  ios: [
    iosCodes,
    iosCodeReasons,
    [
      ['RCDBOpenSuccess', 0],
      ['RC_CONN_ID_REJECT', 31002],
      ['RC_CONN_TOKEN_INCORRECT', 31004],
      ['RC_CONN_NOT_AUTHRORIZED', 31005],
      ['RC_CONN_PACKAGE_NAME_INVALID', 31007],
      ['RC_CONN_APP_BLOCKED_OR_DELETED', 31008],
      ['RC_CONN_USER_BLOCKED', 31009],
      ['RC_DISCONN_KICK', 31010],
      ['RC_CONN_TOKEN_EXPIRE', 31020],
      ['RC_CONN_OTHER_DEVICE_LOGIN', 31023],
      ['CONCURRENT_LIMIT_ERROR', 31024],
      ['RC_CONN_CLUSTER_ERROR', 31025],
      ['RC_CONN_APP_AUTH_FAILED', 31026],
      ['RC_CONN_DISPOSABLE_TOKEN_USED', 31027],
      ['RC_CLIENT_NOT_INIT', 33001],
      ['RC_INVALID_PARAMETER', 33003],
      ['RC_CONNECTION_EXIST', 34001],
      ['RC_ENVIRONMENT_ERROR', 34005],
      ['RC_CONNECT_TIMEOUT', 34006],
      ['RC_INVALID_ARGUMENT', -1000],
    ],
  ],
  // RCIMIWConnectionStatus; React Native writes it so, Flutter and uni-app in camelCase
  wrapperStatuses: [
    wrapperStatuses,
    wrapperStatusReasons,
    [
      'NETWORK_UNAVAILABLE',
      'CONNECTED',
      'CONNECTING',
      'UNCONNECTED',
      'KICKED_OFFLINE_BY_OTHER_CLIENT',
      'TOKEN_INCORRECT',
      'CONN_USER_BLOCKED',
      'SIGN_OUT',
      'SUSPEND',
      'TIMEOUT',
      'UNKNOWN',
    ].map((name, code) => [name, code]),
  ],
  // RCIMIWErrorCode of React Native, Flutter and uni-app, and the numbers of Harmony for the same
  wrapper: [
    wrapperCodes,
    wrapperCodeReasons,
    ['SUCCESS', 'PARAM_ERROR', 'ENGINE_DESTROYED', 'NATIVE_OPERATION_ERROR', 'RESULT_UNKNOWN'].flatMap((name, index): Members => [
      [name, index],
      ...(index ? [[name, -100 - index] as const] : []),
    ]),
  ],
};

test.each(Object.entries(published))('%s has what the vendor has published', (_, [table, reasons, members]) => {
  const rows = new Map([
    ...rowsOf(table).map(({ code, name }) => [code, name] as const),
    ...Object.entries(reasons.notFailures).map(([code, { name }]) => [Number(code), name] as const),
  ]);
  for (const [name, code] of members) expect(rows.get(code), `${code}`).toBe(name);
});

test('the wrapper passes on the codes of the SDKs below it, and judges them as they are judged there', () => {
  for (const [table, reasons] of [
    [androidCodes, androidCodeReasons],
    [iosCodes, iosCodeReasons],
  ] as const) {
    for (const { code, kind } of rowsOf(table)) expect(codeToFailure(wrapperCodes, code).kind, `${code}`).toBe(kind);
    for (const code of Object.keys(reasons.notFailures)) expect(Object.keys(wrapperCodeReasons.notFailures)).toContain(code);
  }
});

// The tables themselves

const tables = {
  webV5Codes: [webV5Codes, webV5CodeReasons],
  webV5Statuses: [{}, webV5StatusReasons],
  webV4Codes: [webV4Codes, webV4CodeReasons],
  webV2Codes: [webV2Codes, webV2CodeReasons],
  webLegacyStatuses: [webLegacyStatuses, webLegacyStatusReasons],
  wrapperCodes: [wrapperCodes, wrapperCodeReasons],
  wrapperStatuses: [wrapperStatuses, wrapperStatusReasons],
  androidCodes: [androidCodes, androidCodeReasons],
  iosCodes: [iosCodes, iosCodeReasons],
  reactNativeImlibCodes: [reactNativeImlibCodes, reactNativeImlibCodeReasons],
  'reactNativeImlibStatuses.ios': [reactNativeImlibStatuses.ios, reactNativeImlibStatusReasons.ios],
  'reactNativeImlibStatuses.android': [reactNativeImlibStatuses.android, reactNativeImlibStatusReasons.android],
} satisfies Record<string, readonly [CodeTable, Platform['reasons']]>;

const english = /^[A-Z`“].*[.)]$/;
const chinese = /[\u4E00-\u9FFF].*[。）]$/;

describe.each(Object.entries(tables))('%s', (_, [table, reasons]: readonly [CodeTable, Platform['reasons']]) => {
  const rows = rowsOf(table);

  it('has each code once, under a kind of the failure table, with a name', () => {
    expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
    for (const { code, kind, name } of rows) {
      expect(Number.isInteger(code), name).toBe(true);
      expect(failureKinds, name).toContain(kind);
      expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]+$/);
    }
  });

  it('has both halves complete, and no code in both lists of the documented one', () => {
    const documented = Object.keys(reasons.failures).map(Number);
    expect(documented.sort()).toEqual(rows.map(({ code }) => code).sort());
    for (const code of Object.keys(reasons.notFailures).map(Number)) expect(documented).not.toContain(code);
  });

  it('says everything in both languages, and where it comes from', () => {
    const failures = Object.entries(reasons.failures).map(([code, each]) => ({ code, ...each, second: each.reason }));
    const others = Object.entries(reasons.notFailures).map(([code, each]) => ({ code, ...each, second: each.adapter }));
    for (const { code, meaning, second, source } of [...failures, ...others]) {
      for (const text of [meaning, second]) {
        expect(text.en, code).toMatch(english);
        expect(text.en.replace(/\b(zh|en)\b/g, ''), code).not.toMatch(/[\u4E00-\u9FFF]/);
        expect(text.zh, code).toMatch(chinese);
      }
      expect(source, code).toMatch(/^(https:\/\/(docs\.rongcloud\.(cn|io)|pub\.dev)\/|.*\d\.\w)/);
      expect(source, code).not.toMatch(/\/work|\/home|\.md/);
    }
  });

  it('is read by codeToFailure: kind, code and name', () => {
    for (const { code, kind, name } of rows) expect(codeToFailure(table, code)).toEqual({ kind, code, message: name });
    for (const code of Object.keys(reasons.notFailures).map(Number)) expect(codeToFailure(table, code).kind).toBe('unknown');
  });

  it.each([99_999, 31_099, -7, 0.5, 2 ** 53, Number.MAX_VALUE])('takes %s, in no table, for unknown', (code) => {
    expect(codeToFailure(table, code)).toMatchObject({ kind: 'unknown', code });
  });

  it('takes what is no number for unknown, inherited names too', () => {
    const nothings = [
      NaN,
      Infinity,
      -Infinity,
      undefined,
      null,
      '',
      '31004',
      '__proto__',
      'constructor',
      'toString',
      'network',
      {},
      [],
      [31_004],
      true,
      31_004n,
      Symbol('31004'),
    ];
    for (const nothing of nothings) {
      const failure = codeToFailure(table, nothing);
      expect(failure.kind).toBe('unknown');
      expect(failure.code).toBeUndefined();
    }
  });
});

test.each(Object.entries({ wrapperCodes, androidCodes, iosCodes, reactNativeImlibCodes }))(
  '%s has no name under two kinds: some plugins pass names',
  (_, table: CodeTable) => {
    const bare = (name: string) => name.replace(/^RC_(CONN_)?/, '');
    for (const one of rowsOf(table)) {
      for (const other of rowsOf(table)) if (bare(one.name) === bare(other.name)) expect(one.kind, one.name).toBe(other.kind);
    }
  },
);

describe('the codes of the design and of the FAQ', () => {
  const current = { webV5Codes, wrapperCodes, androidCodes, iosCodes };
  test.each(Object.entries(current))('%s', (_, table: CodeTable) => {
    const kind = (code: number) => codeToFailure(table, code).kind;
    expect(kind(31_004)).toBe('tokenIncorrect');
    expect(kind(31_020)).toBe('tokenExpired');
    expect(kind(31_027)).toBe('tokenIncorrect');
    expect([31_009, 31_011, 31_029].map(kind)).toEqual(['blocked', 'blocked', 'blocked']);
    expect([31_010, 31_023].map(kind)).toEqual(['kicked', 'kicked']);
    expect(kind(34_006)).toBe('timeout');
    expect([31_003, 30_015].map(kind)).toEqual(['server', 'server']);
    for (const code of [31_002, 31_005, 31_007, 31_008, 31_024, 31_025, 31_026, 31_030, 33_001, 33_003, 34_005])
      expect(kind(code), `${code}`).toBe('configuration');
    for (const code of [30_001, 30_002, 30_010, 30_011, 31_000]) expect(kind(code), `${code}`).toBe('network');
  });

  test('31003 is the server everywhere', () => {
    const all: CodeTable[] = [webV5Codes, webV4Codes, webV2Codes, wrapperCodes, androidCodes, iosCodes, reactNativeImlibCodes];
    for (const table of all) expect(codeToFailure(table, 31_003).kind).toBe('server');
  });

  test('what only the Web has', () => {
    const kind = (code: number) => codeToFailure(webV5Codes, code).kind;
    expect(kind(31_021)).toBe('tokenIncorrect');
    expect([31_012, 31_022, 31_028, 32_546, 34_311].map(kind)).toEqual(Array(5).fill('configuration'));
    expect(kind(35_010)).toBe('kicked');
  });

  test('the same number may mean something else on another platform', () => {
    // a token for another platform, and a proxy that cannot be reached
    expect(codeToFailure(webV5Codes, 31_028)).toMatchObject({ kind: 'configuration', message: 'RC_PLATFORM_ERROR' });
    expect(codeToFailure(androidCodes, 31_028)).toMatchObject({ kind: 'network', message: 'RC_CONN_PROXY_UNAVAILABLE' });
    // no way to any server, and a server that says "not now"
    expect(codeToFailure(webV5Codes, 35_008).kind).toBe('network');
    expect(codeToFailure(webV4Codes, 35_008).kind).toBe('server');
    // versions 4 and 2 have other things there
    for (const code of [34_001, 34_005, 34_006]) {
      expect(codeToFailure(webV4Codes, code)).toMatchObject({ kind: 'unknown', message: 'a code in no table' });
      expect(codeToFailure(webV2Codes, code)).toMatchObject({ kind: 'unknown', message: 'a code in no table' });
    }
    expect(codeToFailure(reactNativeImlibStatuses.android, 3).kind).toBe('kicked');
    expect(codeToFailure(reactNativeImlibStatuses.ios, 3).kind).toBe('unknown');
  });

  test('a ban, a kick or a wrong app key is never tried again by itself, whatever the SDK calls it', () => {
    const all: readonly (readonly [string, CodeTable])[] = Object.entries(tables).map(([name, [table]]) => [name, table]);
    for (const [name, table] of all) {
      for (const row of rowsOf(table)) {
        if (/KICK/.test(row.name)) expect(row.kind, `${name} ${row.name}`).toBe('kicked');
        if (/USER_BLOCKED$|^BLOCKED$|ABANDON|CANCELLATION|LOGOUT/.test(row.name)) expect(row.kind, `${name} ${row.name}`).toBe('blocked');
        if (/TOKEN_(INCORRECT|USED)|PASSWD/.test(row.name)) expect(row.kind, `${name} ${row.name}`).toBe('tokenIncorrect');
      }
    }
  });
});

test('the types keep the halves together', () => {
  type Table = { readonly network: { readonly 1: 'ONE' }; readonly kicked: { readonly [-2]: 'TWO' } };
  const text = { en: 'Text.', zh: '文字。' };
  const row = { meaning: text, sdkGoesOn: 'no', reason: text, source: 'SDK source 1.0' } as const;
  const other = { name: 'OTHER', meaning: text, adapter: text, source: 'SDK source 1.0' };

  const good: CodeReasons<Table> = { failures: { 1: row, [-2]: row }, notFailures: { 0: other } };
  // @ts-expect-error -2 is in the table and not here
  const short: CodeReasons<Table> = { failures: { 1: row }, notFailures: {} };
  // @ts-expect-error 3 is here and not in the table
  const long: CodeReasons<Table> = { failures: { 1: row, [-2]: row, 3: row }, notFailures: {} };
  // @ts-expect-error 1 is a failure
  const torn: CodeReasons<Table> = { failures: { 1: row, [-2]: row }, notFailures: { 1: other } };
  expect([good, short, long, torn]).toHaveLength(4);
});
