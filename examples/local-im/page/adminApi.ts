import type { FaultCommand, FaultState } from '../shared/faults.ts';
import type { Person } from '../shared/people.ts';

/** The admin panel's routes. They are of this same process, so their answers are taken at their word. */
export interface AdminApi {
  faults(): Promise<FaultState>;
  apply(command: FaultCommand): Promise<FaultState>;
  passwords(): Promise<Readonly<Record<Person, string>>>;
}

export function adminApi(key: string): AdminApi {
  const authorization = `Bearer ${key}`;
  const ask = async <Answer>(path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(path, {
      cache: 'no-store',
      credentials: 'omit',
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (response.status === 403) throw new Error('This key is of an earlier start. Open the address that the terminal printed last.');
    if (!response.ok) throw new Error(`The admin panel answered HTTP ${response.status}.`);
    return (await response.json()) as Answer;
  };
  return {
    faults: () => ask('/admin/faults'),
    apply: (command) => ask('/admin/faults', command),
    passwords: () => ask('/admin/passwords'),
  };
}
