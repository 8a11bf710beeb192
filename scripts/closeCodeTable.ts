import { closeCodeReasons } from '../src/transports/websocket/closeCodeReasons.ts';
import { closeCodes } from '../src/transports/websocket/closeCodes.ts';

/** The close codes as docs/websocket.md shows them, one row a code, in order. */
export function closeCodeTable(): string {
  const rows = Object.entries(closeCodes)
    .flatMap(([kind, codes]) => Object.entries(codes).map(([code, name]) => ({ code: Number(code), name, kind })))
    .sort((one, other) => one.code - other.code)
    .map(({ code, name, kind }) => {
      const { reason, source } = closeCodeReasons[code as keyof typeof closeCodeReasons];
      return `| ${code} | ${name} | \`${kind}\` | ${reason} | ${source} |`;
    });
  return ['| code | name | kind | why | who defines it |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}
