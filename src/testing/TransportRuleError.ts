/** A transport has broken a rule of the contract. Says which, what was seen and what to do; never a token. */
export class TransportRuleError extends Error {
  /** The rule, as in the title of its test. */
  readonly rule: string;

  constructor(rule: string, seen: string, advice: string) {
    super(`${rule}\n  seen: ${seen}\n  do:   ${advice}`);
    this.name = 'TransportRuleError';
    this.rule = rule;
  }
}

/** Not a failure: the rule cannot be checked in this world. */
export class NotChecked extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`not checked: ${reason}`);
    this.name = 'NotChecked';
    this.reason = reason;
  }
}
