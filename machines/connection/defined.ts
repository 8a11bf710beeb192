/** Leaves out what is undefined, so that snapshots and failures hold only what there is to say. */
export function defined<Fields extends object>(fields: Fields): { [name in keyof Fields]: Exclude<Fields[name], undefined> } {
  for (const name in fields) if (fields[name] === undefined) delete fields[name];
  return fields as { [name in keyof Fields]: Exclude<Fields[name], undefined> };
}
