import { playInChromium } from './support/playInChromium.ts';

// what they do alone is shown in Node: test/transports/rongcloud-web/healing.test.ts
playInChromium(['v4', 'v2'], ['healed']);
