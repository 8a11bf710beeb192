import type { ServerVoice } from '../ServerVoice.ts';

/** A server that reads the token from the address: it accepts by answering the upgrade, and refuses by not doing so. */
export const upgradeVoice: ServerVoice = {
  knock(link) {
    if (link.refuses) return link.refuseUpgrade();
    link.open();
    link.accepted();
  },
};
