import { failing } from './queue.mjs';

export default failing('loops', () => {
  for (;;);
});
