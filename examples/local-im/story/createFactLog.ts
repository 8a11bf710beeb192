import type { Fact, Tell } from '../shared/Fact.ts';

export type IsFact = (fact: Fact) => boolean;

/** Everything that was observed, in order, and a way to wait for what has not been observed yet. */
export interface FactLog {
  readonly tell: Tell;
  /** Where the log stands now: what is waited for after an act must not be found before it. */
  position(): number;
  since(position: number): readonly Fact[];
  /**
   * The position behind the first matching fact at or after `from`. Rejects when a fact `unless` comes first, or when there is no
   * such fact within `limit` ms.
   */
  find(from: number, wanted: IsFact, limit: number, unless?: IsFact): Promise<number>;
}

/** `signal` ends every waiting: the story was interrupted. */
export function createFactLog(onFact: Tell, signal?: AbortSignal): FactLog {
  const facts: Fact[] = [];
  const waiting = new Set<() => void>();
  return {
    tell(fact) {
      facts.push(fact);
      onFact(fact);
      for (const look of [...waiting]) look();
    },
    position: () => facts.length,
    since: (position) => facts.slice(position),
    find(from, wanted, limit, unless) {
      return new Promise((resolve, reject) => {
        let next = from;
        const look = () => {
          for (; next < facts.length; next++) {
            const fact = facts[next] as Fact;
            if (wanted(fact)) return settle(() => resolve(next + 1));
            if (unless?.(fact)) return settle(() => reject(new Error(`instead: ${fact.actor}: ${fact.text}`)));
          }
        };
        const timer = setTimeout(() => settle(() => reject(new Error(`nothing of the kind within ${limit / 1000} s`))), limit);
        const interrupt = () => settle(() => reject(new Error('interrupted')));
        const settle = (how: () => void) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', interrupt);
          waiting.delete(look);
          how();
        };
        waiting.add(look);
        signal?.addEventListener('abort', interrupt, { once: true });
        if (signal?.aborted) interrupt();
        else look();
      });
    },
  };
}
