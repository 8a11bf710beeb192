import type { PersistedConnection } from 'connection-machine';
import type { Login } from '../client/appServerApi.ts';
import type { LineName } from './loadLine.ts';

const place = 'local-im-visit';

/** What a tab remembers over a reload: the app's login, what it connects over, and where the connection stood. Never a token: that is asked for anew. */
export interface Visit {
  readonly login: Login;
  readonly line: LineName;
  readonly connection?: PersistedConnection;
}

export function loadVisit(): Visit | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(place) ?? 'null') as Visit | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function saveVisit(visit: Visit): void {
  sessionStorage.setItem(place, JSON.stringify(visit));
}

export function forgetVisit(): void {
  sessionStorage.removeItem(place);
}
