import { defineContract, POOL, type Adapter } from '../../src/harness/index.ts';

/** A semaphore as it is often written, with an adapter. Mistakes are made by overriding. */
export class Semaphore {
  free: number;
  readonly waiting: (() => void)[] = [];

  constructor(slots: number) {
    this.free = slots;
  }

  async run<Result>(body: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => void this.waiting.push(resolve));
    return this.use(body);
  }

  async use<Result>(body: () => Promise<Result>): Promise<Result> {
    try {
      return await body();
    } finally {
      this.release();
    }
  }

  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}

/** The defect: who waits is woken only when a task succeeds. */
export class Forgetful extends Semaphore {
  override async use<Result>(body: () => Promise<Result>): Promise<Result> {
    const result = await body();
    this.release();
    return result;
  }
}

/** The defect: a rejection that nobody hears of. */
export class Stray extends Semaphore {
  override release(): void {
    void Promise.reject(new Error('astray'));
    super.release();
  }
}

/** The defect: each call lets an error go astray, so that nothing else of it can be seen. */
export class Loud extends Semaphore {
  override run<Result>(body: () => Promise<Result>): Promise<Result> {
    void Promise.reject(new Error('astray at once'));
    return super.run(body);
  }
}

export function adapterOf(Kind: new (slots: number) => Semaphore, name: string = Kind.name): Adapter {
  return {
    name,
    contract: defineContract({ promises: POOL }),
    make({ setup }) {
      const semaphore = new Kind(setup.concurrency);
      return {
        enqueue: (_lane, body) => semaphore.run(() => body({})),
        counts: () => ({ queued: semaphore.waiting.length, active: setup.concurrency - semaphore.free }),
      };
    },
  };
}
