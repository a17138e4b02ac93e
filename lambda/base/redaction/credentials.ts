import { CREDENTIAL_FORMS, MAY_HOLD_CREDENTIALS, type CredentialForm } from './credential-forms';
import { originOf, readingsOf, type Range, type Reading } from './readings';
import { soundsSecret } from './secret-names';

/** Finds the credentials in a text by the way they are written. */
export function credentialsIn(readings: readonly Reading[]): Range[] {
  return readings
    .filter(({ text }) => MAY_HOLD_CREDENTIALS.test(text))
    .flatMap((reading) =>
      Object.values<CredentialForm>(CREDENTIAL_FORMS).flatMap((form) =>
        find(form, reading.text).map((range) => originOf(reading, range)),
      ),
    );
}

/** Returns the credentials in a text, without the quotes around them. */
export function credentialsOf(text: string): string[] {
  return credentialsIn(readingsOf(text)).map(([start, end]) =>
    text.slice(start, end).replace(/^(["'{[])([^]*)["'}\]]$/, '$2'),
  );
}

/** So far before the end of a credential, the name of the next one may begin. */
const MAX_NAME = 256;

function find({ before, secret, needs }: CredentialForm, text: string): Range[] {
  const ranges: Range[] = [];
  if (!text.includes(needs)) {
    return ranges;
  }
  before.lastIndex = 0;
  for (let match = before.exec(text); match !== null; match = before.exec(text)) {
    const start = match.index + match[0].length;
    secret.lastIndex = start;
    const { name } = match.groups ?? {};
    if ((name === undefined || soundsSecret(name)) && secret.test(text)) {
      ranges.push([start, secret.lastIndex]);
      // What is masked may end with the name of another credential, which follows it.
      before.lastIndex = Math.max(start, secret.lastIndex - MAX_NAME);
    }
    before.lastIndex = Math.max(before.lastIndex, match.index + 1);
  }
  return ranges;
}
