import { randomBytes, randomUUID } from 'node:crypto';
import { SignJWT, errors, jwtVerify } from 'jose';

/**
 * Signs and checks tokens with the app's Secret (HS256). The Secret lives in this closure alone: the App Server is handed `issue`
 * and `refreshSecret`, the IM server is handed `verify`, and nobody is handed the Secret.
 */
export interface TokenIssuer {
  issue(userId: string, lifeSeconds: number): Promise<IssuedToken>;
  verify(token: string): Promise<TokenVerdict>;
  /** From now on every token signed before is refused, as after "refresh Secret" in a vendor's console. */
  refreshSecret(): void;
}

export interface IssuedToken {
  readonly token: string;
  /** epoch ms */
  readonly expiresAt: number;
}

export type TokenVerdict =
  | { readonly ok: true; readonly userId: string; readonly expiresAt: number }
  | { readonly ok: false; readonly kind: 'tokenIncorrect' | 'tokenExpired' };

export type VerifyToken = TokenIssuer['verify'];

const algorithm = 'HS256';
const issuer = 'local-im/app-server';
const audience = 'local-im/im-server';

/** `newSecret` is there for tests that must know what they search for. */
export function createTokenIssuer(newSecret: () => Uint8Array = () => randomBytes(32)): TokenIssuer {
  let secret = newSecret();
  return {
    async issue(userId, lifeSeconds) {
      const expires = Math.floor(Date.now() / 1000) + lifeSeconds;
      const token = await new SignJWT()
        .setProtectedHeader({ alg: algorithm })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(expires)
        // Without an id of its own, a token asked for twice within a second would be the same text, and a refused one would come back.
        .setJti(randomUUID())
        .sign(secret);
      return { token, expiresAt: expires * 1000 };
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, secret, { algorithms: [algorithm], issuer, audience, requiredClaims: ['sub', 'exp'] });
        return { ok: true, userId: payload.sub ?? '', expiresAt: (payload.exp ?? 0) * 1000 };
      } catch (error) {
        return { ok: false, kind: error instanceof errors.JWTExpired ? 'tokenExpired' : 'tokenIncorrect' };
      }
    },
    refreshSecret() {
      secret = newSecret();
    },
  };
}
