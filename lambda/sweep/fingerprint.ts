import { createHash } from 'node:crypto';

/** Stands for a name, which may have 255 characters of any script: always 11 characters, and never the same by chance. */
export function fingerprintOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 11);
}
