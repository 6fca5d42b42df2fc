const MINUTE_MS = 60_000;

/**
 * Decides whether a warning may be given now: per lane and kind at most one in any `everyMs`, over all lanes at most
 * `perMinute` in any 60 000 ms. Counts per kind what it holds back. Rule: `warnings-bounded`.
 *
 * A stamp outlives its lane, so that forgetting a lane and making it again earns no second warning; it is dropped once it
 * has expired. There can never be more stamps than warnings given in the last `everyMs`.
 */
export class Throttle<Kind extends string> {
  readonly #everyMs: number;
  readonly #perMinute: number;
  /** When a lane last had a warning of a kind; oldest first. */
  readonly #stamps = new Map<string, number>();
  /** When the warnings of the last minute were given; oldest first. */
  readonly #given: number[] = [];
  #heldBack: Partial<Record<Kind, number>> = {};
  readonly #heldBackEver: Partial<Record<Kind, number>> = {};

  constructor(everyMs: number, perMinute: number) {
    this.#everyMs = everyMs;
    this.#perMinute = perMinute;
  }

  /** When this lane last had a warning of this kind; -Infinity if that was so long ago that it may have another. */
  lastAt(kind: Kind, lane: string): number {
    return this.#stamps.get(key(kind, lane)) ?? -Infinity;
  }

  /** The earliest time at which this lane may have another warning of this kind. */
  notBefore(kind: Kind, lane: string): number {
    const last = this.lastAt(kind, lane);
    // An endless stretch after what never was is no number.
    return last === -Infinity ? last : last + this.#everyMs;
  }

  /** The earliest time at which the minute has room for one more warning. */
  roomAt(now: number): number {
    this.#forgetExpired(now);
    return this.#given.length < this.#perMinute ? now : this.#given[0]! + MINUTE_MS;
  }

  /** What was held back since the last warning, if this one may be given; else undefined, and this one is held back too. */
  admit(kind: Kind, lane: string, now: number): Partial<Record<Kind, number>> | undefined {
    this.#forgetExpired(now);
    const stamp = key(kind, lane);
    if (this.#stamps.has(stamp) || this.#given.length >= this.#perMinute) {
      this.#heldBack[kind] = (this.#heldBack[kind] ?? 0) + 1;
      this.#heldBackEver[kind] = (this.#heldBackEver[kind] ?? 0) + 1;
      return undefined;
    }
    this.#stamps.set(stamp, now);
    this.#given.push(now);
    const heldBack = this.#heldBack;
    this.#heldBack = {};
    return heldBack;
  }

  /** How many were ever held back, per kind. */
  get heldBackEver(): Partial<Record<Kind, number>> {
    return { ...this.#heldBackEver };
  }

  #forgetExpired(now: number): void {
    for (const [stamp, at] of this.#stamps) {
      if (now < at + this.#everyMs) break;
      this.#stamps.delete(stamp);
    }
    // Beyond the last there is nothing, which is in no order with any number.
    while (this.#given[0]! + MINUTE_MS <= now) this.#given.shift();
  }
}

function key(kind: string, lane: string): string {
  return `${kind} ${lane}`;
}
