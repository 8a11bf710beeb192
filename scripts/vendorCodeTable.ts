import type { CodeTable } from '../src/transport/codeTable.ts';
import type { CodeReason, NotFailure, SdkGoesOn } from '../src/transport/CodeReasons.ts';
import type { Language } from './Language.ts';
import { markdownTable } from './markdownTable.ts';

/** A vendor's codes: the half that ships, and the documented one. */
export interface VendorCodes {
  readonly table: CodeTable;
  readonly reasons: {
    readonly failures: Readonly<Record<number, CodeReason>>;
    readonly notFailures: Readonly<Record<number, NotFailure>>;
  };
}

type Words = Readonly<Record<Language, string>>;

const goesOn: Readonly<Record<SdkGoesOn, Words>> = {
  no: { en: 'no', zh: '否' },
  yes: { en: 'yes', zh: '是' },
  'after the first success': { en: 'after the first success', zh: '首次成功之后' },
  'not seen': { en: 'not seen', zh: '未见到过' },
};

const failureHeads: Readonly<Record<Language, readonly string[]>> = {
  en: ['code', 'name', 'meaning', 'kind', 'does the SDK go on by itself?', 'why this kind', 'source'],
  zh: ['错误码', '名称', '含义', '类别', 'SDK 会自行重试吗', '为何归入此类', '来源'],
};

const otherHeads: Readonly<Record<Language, readonly string[]>> = {
  en: ['code', 'name', 'meaning', 'what the adapter does', 'source'],
  zh: ['数值', '名称', '含义', '适配器如何处理', '来源'],
};

const noFailure: Words = {
  en: 'They concern connecting, but are no failure:',
  zh: '以下各项与连接有关，但不是失败：',
};

/** A vendor's codes as docs/failures.md shows them, in order: those of the table, then those that are no failure. */
export function vendorCodeTable({ table, reasons }: VendorCodes, language: Language): string {
  const failures = Object.entries(table)
    .flatMap(([kind, names]) => Object.entries(names).map(([code, name]) => ({ code: Number(code), name, kind })))
    .sort((one, other) => one.code - other.code)
    .map(({ code, name, kind }) => {
      const row = reasons.failures[code];
      if (!row) throw new Error(`${code} has no documented half`);
      const { meaning, sdkGoesOn, reason, source } = row;
      return [
        `${code}`,
        `\`${name}\``,
        meaning[language],
        `\`${kind}\``,
        goesOn[sdkGoesOn][language],
        reason[language],
        sourceIn(language, source),
      ];
    });
  const others = Object.entries(reasons.notFailures)
    .map(([code, row]) => ({ code: Number(code), row }))
    .sort((one, other) => one.code - other.code)
    .map(({ code, row }) => [`${code}`, `\`${row.name}\``, row.meaning[language], row.adapter[language], sourceIn(language, row.source)]);
  const parts: string[] = [];
  if (failures.length) parts.push(markdownTable(failureHeads[language], failures));
  if (failures.length && others.length) parts.push(noFailure[language]);
  if (others.length) parts.push(markdownTable(otherHeads[language], others));
  return parts.join('\n\n');
}

function sourceIn(language: Language, source: string): string {
  if (source.startsWith('https://')) return `[${language === 'en' ? 'docs' : '文档'}](${source})`;
  if (language === 'en') return source;
  return source
    .replace(/^SDK source, (.*)$/, '$1 源码')
    .replace(/typings of its error codes/, '错误码的类型定义')
    .replace(/typings of ([^;,]+)/, '$1 的类型定义')
    .replace(/\(inside (.*)\)/, '（含于 $1）')
    .replace(' and ', ' 和 ');
}
