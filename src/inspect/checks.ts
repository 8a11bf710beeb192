/** Looks at a part of something that came from outside. @throws TypeError that says where it is not as it should be */
export type Check = (value: unknown, where: string) => void;

const fail = (where: string, wanted: string): never => {
  throw new TypeError(`${where} must be ${wanted}`);
};
export const text: Check = (value, where) => void (typeof value === 'string' || fail(where, 'a text'));
export const number: Check = (value, where) => void ((typeof value === 'number' && Math.abs(value) < Infinity) || fail(where, 'a number'));
export const count: Check = (value, where) =>
  void ((typeof value === 'number' && Number.isInteger(value) && value >= 0) || fail(where, 'a whole number of at least 0'));
/** Deep enough for a failure in what was restored; a file of a thousand brackets is none of ours. */
export const plain =
  (depth: number): Check =>
  (value, where) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return;
    if (depth === 0) fail(where, 'flatter');
    else if (Array.isArray(value)) list(plain(depth - 1))(value, where);
    else dictionary(plain(depth - 1))(value, where);
  };
export const list =
  (item: Check): Check =>
  (value, where) => {
    if (!Array.isArray(value)) fail(where, 'a list');
    else value.forEach((each, index) => item(each, `${where}[${index}]`));
  };
export const dictionary =
  (item: Check): Check =>
  (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(where, 'an object');
    else for (const [name, each] of Object.entries(value)) item(each, `${where}.${name}`);
  };
export const row =
  (items: readonly Check[], least: number): Check =>
  (value, where) => {
    if (!Array.isArray(value) || value.length < least || value.length > items.length) fail(where, `a list of ${least} to ${items.length}`);
    else value.forEach((each, index) => items[index]?.(each, `${where}[${index}]`));
  };
export const record =
  (must: Readonly<Record<string, Check>>, may: Readonly<Record<string, Check>> = {}): Check =>
  (value, where) => {
    dictionary(() => undefined)(value, where);
    const fields = value as Readonly<Record<string, unknown>>;
    for (const [name, check] of Object.entries(must)) check(fields[name], `${where}.${name}`);
    for (const [name, check] of Object.entries(may)) if (fields[name] !== undefined) check(fields[name], `${where}.${name}`);
  };

export const flag: Check = (value, where) => void (typeof value === 'boolean' || fail(where, 'true or false'));

export const oneOf =
  (...words: readonly string[]): Check =>
  (value, where) =>
    void (words.some((word) => word === value) || fail(where, `one of ${words.join(', ')}`));

/** For what holds things of its own kind. */
export const later =
  (check: () => Check): Check =>
  (value, where) =>
    check()(value, where);
