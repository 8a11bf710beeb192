import { playInChromium } from './support/playInChromium.ts';

playInChromium(['v5'], ['bare', 'healed']);
