/** What the server has counted since its start, or since it was told to start anew. */
export interface RongCloudCounts {
  /** Requests for the navigation, whatever came of them. */
  navi: number;
  /** Sockets that somebody wanted to open. */
  upgrades: number;
  /** CONNACK 0. */
  accepted: number;
  /** Every other CONNACK, redirects among them. */
  refused: number;
  pings: number;
}

export const noCounts: Readonly<RongCloudCounts> = { navi: 0, upgrades: 0, accepted: 0, refused: 0, pings: 0 };
