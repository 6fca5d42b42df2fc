/** The picture in the README, taken of the page that a reader gets, in light and dark: `npm run pictures`. */
import { mkdirSync } from 'node:fs';
import { htmlOf } from '../../src/report/index.ts';
import { verdictOn } from '../report/verdicts.ts';
import { zoo } from '../zoo/index.ts';
import { openBrowser } from './browser.ts';

const FOLDER = 'docs/pictures';
const VIEWPORT = { width: 1000, height: 560 };

mkdirSync(FOLDER, { recursive: true });
const browser = await openBrowser();
const verdict = await verdictOn(zoo.find(({ name }) => name === 'second-phantom-in-a-row')!);
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ colorScheme, viewport: VIEWPORT });
  await page.setContent(htmlOf(verdict));
  await page.screenshot({ path: `${FOLDER}/report-${colorScheme}.png` });
}
await browser.close();
