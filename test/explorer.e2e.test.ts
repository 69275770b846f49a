import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { startedDatabase, startHub } from './kit/hub.ts';

/** Debian's browser; elsewhere set CHROMIUM to the path of yours. */
const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(BROWSER)) console.log(`No browser at ${BROWSER}: the page of the explorer is not tested.`);

const hub = await startHub((await startedDatabase()).url);

test.runIf(existsSync(BROWSER))(
  'the explorer shows the operations in tabs and runs one, without leaving the machine',
  async () => {
    const browser = await chromium.launch({
      executablePath: BROWSER,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-sync',
      ],
    });
    afterAll(() => browser.close());
    const page = await browser.newPage();
    const complaints: string[] = [];
    const elsewhere: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== hub.url && !['data:', 'blob:'].includes(protocol)) elsewhere.push(request.url());
    });

    await page.goto(hub.url);
    const tabs = page.getByRole('tab');
    await tabs.first().waitFor();
    for (const name of ['OneGraph', 'ServicesNearMe', 'SiteBoard', 'Transparency']) {
      expect(await tabs.filter({ hasText: name }).count()).toBe(1);
    }
    // The tab that is open first is a portal's, and has its variables.
    expect(await tabs.first().getAttribute('aria-selected')).toBe('true');
    expect(await tabs.first().textContent()).toContain('ServicesNearMe');
    await page.getByRole('button', { name: /execute query/i }).click();
    await page
      .getByText(/Bapaume"/)
      .first()
      .waitFor();

    expect(await page.title()).toContain('Services Publics+');
    expect(complaints).toEqual([]);
    expect(elsewhere).toEqual([]);
  },
);
