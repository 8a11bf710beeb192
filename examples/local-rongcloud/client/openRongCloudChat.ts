import { fileURLToPath } from 'node:url';
import type { Chat, ChatOptions } from '../../local-im/client/createChat.ts';
import { bundleForScope } from '../scope/bundleForScope.ts';
import { createBrowserScope, type BrowserScope } from '../scope/createBrowserScope.ts';
import type { ScopeApp } from './scopeEntry.ts';

export interface RongCloudChat {
  readonly chat: Chat;
  readonly scope: BrowserScope;
}

/**
 * A device with RongCloud's web SDK, unmodified, in Node. The SDK exists once a page and wants a browser: so each device is a page of
 * its own, and the app runs in there with it. What it is handed (the database) and what it hands out (the chat) are live objects.
 */
export async function openRongCloudChat(options: Omit<ChatOptions, 'makeLine'>): Promise<RongCloudChat> {
  const code = await bundleForScope(fileURLToPath(new URL('scopeEntry.ts', import.meta.url)));
  const scope = createBrowserScope();
  scope.run(code, 'rongcloud-device.js');
  return { chat: (scope.globals['app'] as ScopeApp)(options), scope };
}
