import { describe, it } from 'node:test';
import { describeTransport } from 'connection-machine/testing';
import { breaches } from './breaches.ts';
import { memoryWorld } from './memoryWorld.ts';

// The suite under Node's own test runner, which runs this file as a program.

describeTransport('good', () => memoryWorld(), { describe, it });
describeTransport('bad', () => memoryWorld(breaches['reports success twice']?.breakIt), { describe, it });
describeTransport(
  'poor',
  () => {
    const { loseLink: _lose, ...world } = memoryWorld();
    return world;
  },
  { describe, it },
);
