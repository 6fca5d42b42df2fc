import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine; without one the process says so and ends with 2. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PATHS.find((path) => existsSync(path));
  if (executablePath === undefined) {
    console.error("No browser here: install Debian's chromium, or name one in CHROMIUM.");
    process.exit(2);
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
