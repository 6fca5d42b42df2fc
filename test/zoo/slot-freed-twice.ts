import { referenceContract } from '../../src/adapters/reference.ts';
import type { Adapter, BodyControls, Contract, OracleBody } from '../../src/oracle/index.ts';
import type { ZooMember } from './member.ts';

interface Entry {
  readonly body: (controls: BodyControls) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A lane queue as it is often written: a counter, an array, and a pump. */
class CountingQueue {
  readonly #concurrency: number;
  readonly #lanes = new Map<string, { active: number; backlog: Entry[] }>();

  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  enqueue(lane: string, body: OracleBody): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.lane(lane).backlog.push({ body, resolve, reject });
      this.#pump(lane);
    });
  }

  lane(name: string): { active: number; backlog: Entry[] } {
    const lane = this.#lanes.get(name) ?? { active: 0, backlog: [] };
    this.#lanes.set(name, lane);
    return lane;
  }

  #pump(name: string): void {
    const lane = this.lane(name);
    while (lane.active < this.#concurrency && lane.backlog.length > 0) {
      lane.active += 1;
      void this.#run(name, lane.backlog.shift()!);
    }
  }

  async #run(lane: string, { body, resolve, reject }: Entry): Promise<void> {
    try {
      resolve(await body({}));
    } catch (error) {
      reject(error);
      // The defect: what `finally` does is done here as well.
      this.#free(lane);
    } finally {
      this.#free(lane);
    }
  }

  #free(name: string): void {
    const lane = this.lane(name);
    lane.active = Math.max(0, lane.active - 1);
    this.#pump(name);
  }
}

const contract: Contract = {
  ...referenceContract,
  promises: ['capacity', 'work-conserving', 'order', 'exactly-once', 'conservation', 'no-stray-errors'],
  priorities: ['normal'],
  liveConcurrency: [],
  sources: [],
  detach: false,
};

function adapter(name: string): Adapter {
  return {
    name,
    contract,
    make({ setup }) {
      const queue = new CountingQueue(setup.concurrency);
      return {
        enqueue: (lane, body) => queue.enqueue(lane, body),
        counts: (lane) => ({ queued: queue.lane(lane).backlog.length, active: queue.lane(lane).active }),
      };
    },
  };
}

export const slotFreedTwice: ZooMember = {
  name: 'slot-freed-twice',
  rule: 'capacity',
  length: 4,
  origin: 'Forks of the lane queue: the failure path frees the slot twice, and a lane of one slot then runs two.',
  load: () => Promise.resolve(adapter('slot-freed-twice')),
};
