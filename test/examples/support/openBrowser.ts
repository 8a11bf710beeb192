import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

/** A browser that calls nobody by itself. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium; `undefined` where it does not start, for want of a library of the system. */
export async function openBrowser(): Promise<Browser | undefined> {
  try {
    return await playwright.launch({ executablePath: await chromium.executablePath(), args: flags, headless: true });
  } catch {
    return undefined;
  }
}
