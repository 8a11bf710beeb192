import { connectionMachine } from '../machines/connection/connectionMachine.ts';
import { androidCodeReasons } from '../src/transports/rongcloud-native/codes/androidCodeReasons.ts';
import { androidCodes } from '../src/transports/rongcloud-native/codes/androidCodes.ts';
import { iosCodeReasons } from '../src/transports/rongcloud-native/codes/iosCodeReasons.ts';
import { iosCodes } from '../src/transports/rongcloud-native/codes/iosCodes.ts';
import { reactNativeImlibCodeReasons } from '../src/transports/rongcloud-native/codes/reactNativeImlibCodeReasons.ts';
import { reactNativeImlibCodes } from '../src/transports/rongcloud-native/codes/reactNativeImlibCodes.ts';
import { reactNativeImlibStatuses } from '../src/transports/rongcloud-native/codes/reactNativeImlibStatuses.ts';
import { reactNativeImlibStatusReasons } from '../src/transports/rongcloud-native/codes/reactNativeImlibStatusReasons.ts';
import { wrapperCodeReasons } from '../src/transports/rongcloud-native/codes/wrapperCodeReasons.ts';
import { wrapperCodes } from '../src/transports/rongcloud-native/codes/wrapperCodes.ts';
import { wrapperStatuses } from '../src/transports/rongcloud-native/codes/wrapperStatuses.ts';
import { wrapperStatusReasons } from '../src/transports/rongcloud-native/codes/wrapperStatusReasons.ts';
import { webLegacyStatuses } from '../src/transports/rongcloud-web/codes/webLegacyStatuses.ts';
import { webLegacyStatusReasons } from '../src/transports/rongcloud-web/codes/webLegacyStatusReasons.ts';
import { webV2CodeReasons } from '../src/transports/rongcloud-web/codes/webV2CodeReasons.ts';
import { webV2Codes } from '../src/transports/rongcloud-web/codes/webV2Codes.ts';
import { webV4CodeReasons } from '../src/transports/rongcloud-web/codes/webV4CodeReasons.ts';
import { webV4Codes } from '../src/transports/rongcloud-web/codes/webV4Codes.ts';
import { webV5CodeReasons } from '../src/transports/rongcloud-web/codes/webV5CodeReasons.ts';
import { webV5Codes } from '../src/transports/rongcloud-web/codes/webV5Codes.ts';
import { webV5StatusReasons } from '../src/transports/rongcloud-web/codes/webV5StatusReasons.ts';
import { closeCodeTable } from './closeCodeTable.ts';
import { failureKindTable } from './failureKindTable.ts';
import type { Language } from './Language.ts';
import { totalityTables } from './totalityTable.ts';
import { vendorCodeTable, type VendorCodes } from './vendorCodeTable.ts';
import { withTable } from './withTable.ts';

/** RongCloud's codes, by the name of their marker in docs/failures.md. */
const vendorCodes: Readonly<Record<string, VendorCodes>> = {
  'web 5': { table: webV5Codes, reasons: webV5CodeReasons },
  'web 5 statuses': { table: {}, reasons: webV5StatusReasons },
  'web 4': { table: webV4Codes, reasons: webV4CodeReasons },
  'web 2': { table: webV2Codes, reasons: webV2CodeReasons },
  'web 4 and 2 statuses': { table: webLegacyStatuses, reasons: webLegacyStatusReasons },
  wrapper: { table: wrapperCodes, reasons: wrapperCodeReasons },
  'wrapper statuses': { table: wrapperStatuses, reasons: wrapperStatusReasons },
  android: { table: androidCodes, reasons: androidCodeReasons },
  ios: { table: iosCodes, reasons: iosCodeReasons },
  'old react native': { table: reactNativeImlibCodes, reasons: reactNativeImlibCodeReasons },
  'old react native statuses, ios': { table: reactNativeImlibStatuses.ios, reasons: reactNativeImlibStatusReasons.ios },
  'old react native statuses, android': { table: reactNativeImlibStatuses.android, reasons: reactNativeImlibStatusReasons.android },
};

const failureTables = (language: Language): Record<string, string> => ({
  'failure kinds': failureKindTable(language),
  ...Object.fromEntries(Object.entries(vendorCodes).map(([name, codes]) => [name, vendorCodeTable(codes, language)])),
});

/** The generated tables of each document, by the name of their marker. */
const documents: Readonly<Record<string, () => Record<string, string>>> = {
  'docs/websocket.md': () => ({ 'close codes': closeCodeTable() }),
  'docs/events.md': () => totalityTables(connectionMachine),
  'docs/failures.md': () => failureTables('en'),
  'docs/failures.zh-CN.md': () => failureTables('zh'),
};

/** The documents that hold generated tables. */
export const documentsWithTables: readonly string[] = Object.keys(documents);

/** The document as it should be: all of its tables fresh. */
export function withFreshTables(document: string, text: string): string {
  return Object.entries(documents[document]?.() ?? {}).reduce((before, [name, table]) => withTable(before, name, table), text);
}
