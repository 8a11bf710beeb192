import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packaged from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

/**
 * On top of playwright's own, which make a browser quiet. Nothing leaves this machine: no name is resolved, and the only way to another
 * address leads through a port that is closed. The package's own list is not used: it switches the same-origin policy off.
 */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-domain-reliability',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--proxy-server=127.0.0.1:1',
];

/** ms: on a busy machine, with a browser that has to be unpacked first */
const timeLimit = 180_000;

/**
 * One headless Chromium for a test file, closed after it: the one at `CHROME_PATH`, or the one that npm has brought. Where it does not
 * start the tests fail: a skipped test would look like one that passed.
 */
export function useChromium(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startChromium();
  }, timeLimit);
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error('the browser is there within tests only');
    return browser;
  };
}

async function startChromium(): Promise<Browser> {
  // an empty one is as good as none
  const given = process.env['CHROME_PATH'] || undefined;
  try {
    return await (given === undefined ? launchPackaged() : launch(given));
  } catch (cause) {
    const what =
      given === undefined ? 'The Chromium of @sparticuz/chromium (it is one for Linux on x64)' : `The browser at CHROME_PATH, ${given},`;
    const advice = 'Set CHROME_PATH to a Chrome or Chromium of this machine, or install the packages again (npm ci).';
    throw new Error(`${what} did not start. ${advice}\n${String(cause)}`, { cause });
  }
}

function launch(executablePath: string, env: Readonly<Record<string, string>> = {}): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags, env: { ...process.env, ...env }, timeout: 60_000 });
}

async function launchPackaged(): Promise<Browser> {
  const folder = await unpackOnce();
  const path = join(folder, 'chromium');
  try {
    return await launch(path);
  } catch (problem) {
    if (!String(problem).includes('error while loading shared libraries')) throw problem;
    // A machine without the libraries of a desktop: the package has its own.
    return launch(path, { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') });
  }
}

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/**
 * The package takes a file that exists for a file that is complete, but test files run side by side, and may be interrupted. So each
 * unpacks into a folder of its own, and whoever is done first gives his the name by which all know it.
 */
async function unpackOnce(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8')) as { version: string };
  const folder = join(modules, '.cache', `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const own = await mkdtemp(`${folder}-`);
  try {
    const path = await unpackTo(own);
    if (path !== join(own, 'chromium')) throw new Error(`@sparticuz/chromium ${version} was to unpack to ${own}, and did to ${path}`);
    await rename(own, folder);
  } catch (problem) {
    // somebody else was faster, or nobody is going to be
    if (!existsSync(folder)) throw problem;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return folder;
}

/** Where to, and that libraries are wanted, the package reads from the environment, and before its first pause. */
function unpackTo(folder: string): Promise<string> {
  const wanted = { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, wanted);
  try {
    return packaged.executablePath();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
