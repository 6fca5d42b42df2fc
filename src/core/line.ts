/** What may stand in a line. It holds its own links, so that it can leave from any place at no cost. */
export interface Linked<Item> {
  before: Item | undefined;
  behind: Item | undefined;
}

/** First in, first out. Nothing is allocated for an item, and an item stands in one line at most. */
export class Line<Item extends Linked<Item>> {
  #first: Item | undefined = undefined;
  #last: Item | undefined = undefined;
  #size = 0;

  get first(): Item | undefined {
    return this.#first;
  }

  get size(): number {
    return this.#size;
  }

  push(item: Item): void {
    item.before = this.#last;
    if (this.#last === undefined) this.#first = item;
    else this.#last.behind = item;
    this.#last = item;
    this.#size += 1;
  }

  /** Takes out an item that is in this line. */
  remove(item: Item): void {
    if (item.before === undefined) this.#first = item.behind;
    else item.before.behind = item.behind;
    if (item.behind === undefined) this.#last = item.before;
    else item.behind.before = item.before;
    item.before = undefined;
    item.behind = undefined;
    this.#size -= 1;
  }

  /** First to last, as they stand now. */
  all(): Item[] {
    const items: Item[] = [];
    for (let item = this.#first; item !== undefined; item = item.behind) items.push(item);
    return items;
  }
}
