import type { Step } from './steps.ts';
import type { WildWorld } from './wildWorld.ts';

const settled = /^(connected|prompting|kicked|failed|closing|idle)$/;

/** The test's own idea of whether somebody looks at a spinner, and since when. */
export function watchPerson(world: WildWorld) {
  let since: number | undefined;
  let heard = 0;
  const person = {
    /** When they began to wait (`elapsed`), while they do. */
    get waitingSince() {
      return since;
    },
    /** Prompts that nobody was waiting for. */
    nagged: 0,
    /** Prompts that somebody was waiting for. */
    asked: 0,
    before(step: Step) {
      person.listen();
      const wants =
        (step.do === 'connect' && step.userWaiting && world.status !== 'connected') ||
        (step.do === 'retry' && world.status === 'prompting');
      if (wants && since === undefined) since = world.clock.elapsed;
    },
    listen() {
      for (const one of world.announcements.slice(heard)) {
        if (one.name === 'prompt') {
          if (since === undefined) person.nagged += 1;
          else person.asked += 1;
          since = undefined;
        } else if (one.name === 'change') {
          const { status } = one.payload.current;
          if (settled.test(status) && status !== 'prompting') since = undefined;
        }
      }
      heard = world.announcements.length;
    },
  };
  return person;
}
