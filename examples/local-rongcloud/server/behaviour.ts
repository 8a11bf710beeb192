/** How the server behaves: each stage of a connect can be made to fail in the ways that were seen or are thinkable. */
export interface RongCloudBehaviour {
  /** The HTTP request that asks where the IM server is. */
  readonly navi: 'normal' | 'hang' /* no answer */ | 'refuse' /* HTTP 503 */ | { readonly status: number } | { readonly body: object };
  /** The socket's opening (and v2's `/ping` before it). */
  readonly upgrade: 'normal' | 'hang' /* TCP accepted, never upgraded */ | 'refuse' /* HTTP 503 */;
  /** The first word on an open socket. */
  readonly connack:
    | 'normal'
    | 'hang' /* silence */
    | 'redirect' /* status 6, for ever */
    | 'drop' /* cut without a word */
    | 'garbage' /* bytes that are no frame of the protocol */
    | { readonly status: number };
  readonly pong: 'normal' | 'silent';
  /** User ids. */
  readonly blocked: readonly string[];
  /** Does a second link of the same user end the first one? */
  readonly kick: boolean;
  /** The navigation asks for protocol version 4 instead of 3. */
  readonly openAnti: boolean;
}

export const wellBehaved: RongCloudBehaviour = {
  navi: 'normal',
  upgrade: 'normal',
  connack: 'normal',
  pong: 'normal',
  blocked: [],
  kick: true,
  openAnti: false,
};
