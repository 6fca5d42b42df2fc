import { expectShortLives } from '../../src/cli/short-lived.ts';
import { zoo } from '../../test/zoo/index.ts';
import { measure, type Errand } from './measure.ts';

expectShortLives();
process.on('message', ({ member, seeds }: Errand) => {
  void measure(
    zoo.find(({ name }) => name === member)!,
    seeds,
  ).then((power) => process.send!(power));
});
