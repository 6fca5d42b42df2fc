import { failing } from './queue.mjs';

/** It reads the globals, which are virtual outside its thread as well: whoever watches it must not wait by those. */
export default failing(
  'loops',
  () => {
    for (;;);
  },
  'globals',
);
