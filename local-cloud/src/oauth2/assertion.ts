import { createHmac, randomUUID } from 'node:crypto';

export interface Claims {
  /** Who made it: the client's id. */
  readonly issuer: string;
  /** Whom it is for: the address of the token endpoint. */
  readonly audience: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** What Glue takes for a JWT: neither the header nor the payload may hold a hyphen. */
const GLUE_PATTERN = /^\w+\.\w+\./;

/**
 * A JSON Web Token that is signed with a shared secret (HS256).
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-3
 */
export function signAssertion({ issuer, audience, expiresAt }: Claims, secret: string): string {
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  for (;;) {
    const payload = encode({ iss: issuer, sub: issuer, aud: audience, exp: expiresAt, jti: randomUUID() });
    const assertion = `${header}.${payload}.${signature(`${header}.${payload}`, secret)}`;
    if (GLUE_PATTERN.test(assertion)) {
      return assertion;
    }
  }
}

/** @returns what is wrong with it, if anything */
export function assertionFault(assertion: string, { issuer, audience }: Claims, secret: string): string | undefined {
  const [header = '', payload = '', signed] = assertion.split('.');
  if (signed !== signature(`${header}.${payload}`, secret)) {
    return 'the signature is wrong';
  }
  const { iss, aud, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  if (iss !== issuer || aud !== audience) {
    return 'issuer or audience is wrong';
  }
  return Number(exp) * 1000 > Date.now() ? undefined : 'the assertion has expired';
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(content: string, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('base64url');
}
