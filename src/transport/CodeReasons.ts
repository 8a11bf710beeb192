/** A sentence in the languages of the docs, side by side so that they cannot drift apart. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/**
 * Does the SDK go on by itself after it has told the code?
 *
 * - `no`: it has stopped
 * - `yes`: it tries again, or it has the matter in hand
 * - `after the first success`: it tries again when it had been connected; its first connect it tries only once
 * - `not seen`: it is in the SDK's list of codes, and nobody here has seen the SDK tell it
 */
export type SdkGoesOn = 'no' | 'yes' | 'after the first success' | 'not seen';

export interface CodeReason {
  readonly meaning: Text;
  readonly sdkGoesOn: SdkGoesOn;
  /** Why the brain judges the code as it does. */
  readonly reason: Text;
  /** Where the meaning comes from: a page, or the SDK's typings or source with its version. */
  readonly source: string;
}

/** A code that concerns connecting and is no failure. */
export interface NotFailure {
  /** The vendor's own name. */
  readonly name: string;
  readonly meaning: Text;
  /** What the adapter does with it. */
  readonly adapter: Text;
  readonly source: string;
}

type CodesOf<Group> = Group extends unknown ? keyof Group : never;

type CodeOf<Table> = CodesOf<Table[keyof Table]>;

/** What is known about every code of a table; a code in one half and not in the other does not compile. */
export interface CodeReasons<Table> {
  readonly failures: { readonly [code in CodeOf<Table>]: CodeReason };
  /** Codes that concern connecting and are no failure. One that is in the table does not compile here. */
  readonly notFailures: { readonly [code: number]: NotFailure } & { readonly [code in CodeOf<Table>]?: never };
}
