import { expectShortLives } from '../../src/cli/short-lived.ts';
import { detections, type Errand } from './detections.ts';

expectShortLives();
process.on('message', (errand: Errand) => {
  void detections(errand).then((found) => process.send!(found));
});
