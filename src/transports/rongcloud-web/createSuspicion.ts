import { failure, type Failure } from '../../../machines/connection/failure.ts';
import type { SecretToken } from '../../../machines/connection/SecretToken.ts';

/** What a failure that may hide a refused token is judged by. */
interface Circumstances {
  /** The server said something before the socket ended: it was no lack of network. */
  readonly wasAnswered: boolean;
  readonly token: SecretToken;
  readonly login: object | undefined;
}

/** So many answers that let nobody in: by then it is worth asking for a new token. */
const answersBeforeRenewal = 3;

/**
 * Versions 2 and 4 report a refused token as a network error, of which there are many. After a few of them that followed an answer of
 * the server, this calls the failure `tokenIncorrect`: one new token is fetched. If that one fares no better the token was not it, and
 * failures stay what the SDK calls them, until somebody gets in.
 */
export function createSuspicion() {
  let hasAsked = false;
  let answers = 0;
  let suspect: SecretToken | undefined;
  let ofLogin: object | undefined;

  const clear = () => {
    hasAsked = false;
    answers = 0;
  };

  return {
    /** Somebody got in: tokens are good. */
    clear,
    judge(reason: Failure, { wasAnswered, token, login }: Circumstances): Failure {
      if (login !== ofLogin) clear();
      ofLogin = login;
      if (suspect && !suspect.equals(token)) answers = 0;
      suspect = token;
      if (!wasAnswered || hasAsked || ++answers < answersBeforeRenewal) return reason;
      hasAsked = true;
      return failure({
        ...reason,
        kind: 'tokenIncorrect',
        message: `${reason.message ?? 'refused'}: taken for a refused token, which this SDK hides`,
      });
    },
  };
}
