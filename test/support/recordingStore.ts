import type { TokenAnswer, TokenStore } from 'connection-machine';

/** A token store in memory that remembers what was asked of it. */
export interface RecordingStore extends TokenStore {
  /** `load`, `save token-1`, `clear`, in order. */
  readonly calls: string[];
  /** What the next visit would find. */
  kept: TokenAnswer | undefined;
}

export function recordingStore(kept?: TokenAnswer): RecordingStore {
  const calls: string[] = [];
  return {
    calls,
    kept,
    load() {
      calls.push('load');
      return this.kept;
    },
    save(token) {
      calls.push(`save ${typeof token === 'string' ? token : token.token}`);
      this.kept = token;
    },
    clear() {
      calls.push('clear');
      this.kept = undefined;
    },
  };
}
