/** Things that come in order, each taken once, waited for when it is not there yet. */
export class Queue<Item> {
  readonly #items: Item[] = [];
  readonly #takers: ((item: Item) => void)[] = [];

  push(item: Item): void {
    const taker = this.#takers.shift();
    if (taker) taker(item);
    else this.#items.push(item);
  }

  next(): Promise<Item> {
    return this.#items.length > 0 ? Promise.resolve(this.#items.shift() as Item) : new Promise((resolve) => this.#takers.push(resolve));
  }
}
