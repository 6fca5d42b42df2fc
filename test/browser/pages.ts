/**
 * The pages of the reports in a real browser. Exits with 1 if one is not as it must be, with 2 if there is no browser to
 * look with: `npm run test:browser`. With `--pictures FOLDER` it leaves pictures for a person to look at.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { campaignHtml, htmlOf, type Verdict } from '../../src/report/index.ts';
import { campaign } from '../../src/search/index.ts';
import { tell } from '../../src/harness/told.ts';
import { verdictOn } from '../report/verdicts.ts';
import { zoo } from '../zoo/index.ts';
import { openBrowser } from './browser.ts';

const SHOWN = [
  'reclaim-only-on-dispatch',
  'slot-freed-twice',
  'stamps-bounded-by-the-minute',
  'silence',
  'second-phantom-in-a-row',
  'newcomer-first',
  'first-deadline-ends-every-watch',
  'thrower-keeps-the-slot',
];
const EVIL = '</script><img src=x onerror="document.title=\'pwned\'">';
const PHONE = { width: 390, height: 844 };

const folder = mkdtempSync(join(tmpdir(), 'stallproof-pages-'));
const pictures = process.argv[process.argv.indexOf('--pictures') + 1];
const browser = await openBrowser();
let failed = 0;
try {
  for (const name of SHOWN) {
    const verdict = await verdictOn(zoo.find((one) => one.name === name)!);
    await check(name, htmlOf(verdict), (page) => isStepped(page, verdict));
  }
  const plain = await verdictOn(zoo.find(({ name }) => name === 'slot-freed-twice')!);
  const evil = JSON.parse(JSON.stringify(plain).replaceAll('main', JSON.stringify(EVIL).slice(1, -1))) as Verdict;
  await check('markup in a name', htmlOf({ ...evil, subject: EVIL }), (page) => isStepped(page, evil));
  await check('a campaign', await campaignPage(), isCampaign);
} finally {
  await browser.close();
}
console.log(failed === 0 ? 'Every page is as it must be.' : `${failed} pages are not as they must be.`);
process.exitCode = failed === 0 ? 0 : 1;

/** Opens a page in light and dark, at a desk and on a phone; whatever it complains of or asks for is an error. */
async function check(name: string, html: string, look: (page: Page) => Promise<void>): Promise<void> {
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.html`);
  writeFileSync(file, html);
  try {
    assert.ok(html.length < 1_000_000, 'the page is larger than 1 MB');
    for (const scheme of ['light', 'dark'] as const) await at(browser, { scheme, file, look, name });
    await at(browser, { scheme: 'light', viewport: PHONE, file, look, name: `${name} phone` });
    console.log(`✓ ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`✗ ${name}: ${(error as Error).message}`);
  }
}

interface Visit {
  readonly scheme: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly file: string;
  readonly look: (page: Page) => Promise<void>;
  readonly name: string;
}

async function at(
  where: Browser,
  { scheme, viewport = { width: 1200, height: 900 }, file, look, name }: Visit,
): Promise<void> {
  const page = await where.newPage({ colorScheme: scheme, viewport });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(pathToFileURL(folder).href)) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  if (process.argv.includes('--pictures')) {
    await page.screenshot({ path: join(pictures!, `${name.replaceAll(/\W/g, '-')}-${scheme}.png`), fullPage: true });
  }
  await look(page);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  assert.equal(overflow, 0, 'the page scrolls sideways');
  assert.notEqual(await page.title(), 'pwned');
  assert.deepEqual(complaints, []);
  await page.close();
}

/** It opens where it differs, and every step can be reached by keyboard, with model and queue side by side. */
async function isStepped(page: Page, { moments, divergence }: Verdict): Promise<void> {
  const shown = page.locator('.step:visible');
  const output = page.locator('output');
  const last = moments.length;
  assert.equal(await shown.count(), 1);
  assert.match((await output.textContent())!, new RegExp(`^step ${last} of ${last}, where it differs`));
  assert.ok(await page.locator('.against').isVisible());
  assert.match((await page.locator('.against').textContent())!, /expected at .*actual/s);
  assert.ok(await isInView(page), 'the column in which it differs is out of view');
  assert.match((await shown.textContent())!, new RegExp(divergence.rule));
  await page.keyboard.press('Shift+ArrowLeft');
  assert.ok(await isInView(page), 'what is folded before the last step cannot be reached');
  await page.keyboard.press('Home');
  for (let step = 1; step <= last; step += 1) {
    assert.match((await output.textContent())!, new RegExp(`^step ${step} of ${last}`));
    assert.match((await shown.locator('thead').first().textContent())!, /as it must be.*as the queue counts/s);
    assert.ok(await isInView(page), `step ${step} is out of view`);
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('ArrowLeft');
  assert.match((await output.textContent())!, new RegExp(`^step ${Math.max(1, last - 1)} of`));
  await page.keyboard.press('+');
  await page
    .locator('.column')
    .first()
    .click({ position: { x: 10, y: 10 } });
  assert.match((await output.textContent())!, /^step 1 of/);
  await areApart(page);
  await isReadable(page);
}

/** Names stay in sight while the rest scrolls, and nothing is drawn wider than it is by zooming in. */
async function isReadable(page: Page): Promise<void> {
  const frame = (await page.locator('.timeline').boundingBox())!;
  const size = async (): Promise<number> => (await page.locator('.column.picked b').boundingBox())!.height;
  const before = await size();
  for (let times = 0; times < 6; times += 1) await page.keyboard.press('+');
  await page.keyboard.press('End');
  assert.equal(await size(), before);
  for (const name of await page.locator('.timeline .name').all()) {
    assert.equal(Math.round((await name.boundingBox())!.x - frame.x), 1, 'the name of a row scrolls out of sight');
  }
  for (const bar of await page.locator('.bar').all()) {
    const [whole, task] = [(await bar.boundingBox())!, (await bar.locator('b').boundingBox())!];
    const isInSight = whole.x + whole.width > frame.x + 200;
    if (isInSight) assert.ok(task.x > frame.x, 'the name of a task scrolls out of sight');
  }
}

/** No warning is written over another. */
async function areApart(page: Page): Promise<void> {
  const lines = await page.locator('.warnings li').all();
  const boxes = await Promise.all(lines.map((line) => line.boundingBox()));
  for (const [place, one] of boxes.entries()) {
    for (const other of boxes.slice(place + 1)) {
      const isBeside = one!.x + one!.width <= other!.x || other!.x + other!.width <= one!.x;
      const isAboveOrBelow = one!.y + one!.height <= other!.y || other!.y + other!.height <= one!.y;
      assert.ok(isBeside || isAboveOrBelow, 'warnings overlap');
    }
  }
}

/** The column that is picked lies within what is seen of the timeline, beside the names. */
async function isInView(page: Page): Promise<boolean> {
  const [box, frame] = await Promise.all([
    page.locator('.column.picked').boundingBox(),
    page.locator('.timeline').boundingBox(),
  ]);
  return box !== null && frame !== null && box.x + box.width > frame.x && box.x < frame.x + frame.width;
}

async function campaignPage(): Promise<string> {
  const adapter = await zoo.find(({ name }) => name === 'slot-freed-twice')!.load();
  const report = await campaign(adapter, { seed: 1, budget: 3_000 });
  const verdicts: Verdict[] = [];
  for (const { counterexample, certificate } of Object.values(report.rules)) {
    if (counterexample === undefined) continue;
    const { verdict } = await tell(adapter, counterexample, { certificate, replay: 'npx stallproof replay file.json' });
    verdicts.push(verdict!);
  }
  assert.ok(verdicts.length > 0);
  return campaignHtml({ report, verdicts });
}

async function isCampaign(page: Page): Promise<void> {
  const links = page.locator('.rules a');
  assert.ok((await links.count()) > 0);
  await links.first().click();
  const rule = await links.first().textContent();
  const title = page.locator(`article#${rule} h1`);
  assert.ok(await title.isVisible());
  await page.locator(`article#${rule} .back`).click();
  assert.ok((await page.locator('#rules').boundingBox())!.y < 100, 'nothing leads back to the table');
}
