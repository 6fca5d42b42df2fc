import { defineContract, POOL } from '../../../dist/src/oracle/index.js';

/** A queue of one line that does something of its own before it passes a failure on. */
export function failing(name, beforeFailure, time = 'port') {
  return {
    name,
    time,
    contract: defineContract({ promises: POOL }),
    make({ setup }) {
      const backlog = [];
      let active = 0;
      const dispatch = () => {
        while (active < setup.concurrency && backlog.length > 0) {
          const { body, resolve, reject } = backlog.shift();
          active += 1;
          const fail = (error) => {
            beforeFailure();
            reject(error);
          };
          const end = () => {
            active -= 1;
            dispatch();
          };
          void body({}).then(resolve, fail).then(end);
        }
      };
      return {
        enqueue: (_lane, body) =>
          new Promise((resolve, reject) => {
            backlog.push({ body, resolve, reject });
            dispatch();
          }),
        counts: () => ({ queued: backlog.length, active }),
      };
    },
  };
}
