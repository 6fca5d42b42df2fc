/** What was seen in one step, under the names on which the model and the driver agree. So few that a list is quicker than a table. */
export class Readings implements Iterable<readonly [name: string, value: string | number]> {
  readonly names: string[] = [];
  readonly #values: (string | number)[] = [];

  get(name: string): string | number | undefined {
    const place = this.names.indexOf(name);
    return place === -1 ? undefined : this.#values[place];
  }

  /** What is said last, counts. */
  set(name: string, value: string | number): void {
    const place = this.names.indexOf(name);
    if (place !== -1) this.#values[place] = value;
    else {
      this.names.push(name);
      this.#values.push(value);
    }
  }

  *[Symbol.iterator](): Iterator<readonly [name: string, value: string | number]> {
    for (const [place, name] of this.names.entries()) yield [name, this.#values[place]!];
  }
}
