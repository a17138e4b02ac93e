import { CREDENTIAL_FORMS, MAY_HOLD_CREDENTIALS, type CredentialForm } from './credential-forms';
import { originOf, readingsOf, type Range, type Reading } from './readings';
import { soundsSecret } from './secret-names';

/** Where a text holds credentials, by how they are written. */
export function credentialsIn(readings: readonly Reading[]): Range[] {
  return readings
    .filter(({ text }) => MAY_HOLD_CREDENTIALS.test(text))
    .flatMap((reading) =>
      Object.values<CredentialForm>(CREDENTIAL_FORMS).flatMap((form) =>
        find(form, reading.text).map((range) => originOf(reading, range)),
      ),
    );
}

/** The credentials that a text holds, without quotes around them. */
export function credentialsOf(text: string): string[] {
  return credentialsIn(readingsOf(text)).map(([start, end]) =>
    text.slice(start, end).replace(/^(["'{[])([^]*)["'}\]]$/, '$2'),
  );
}

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
      before.lastIndex = secret.lastIndex;
    } else if (match[0] === '') {
      before.lastIndex++;
    }
  }
  return ranges;
}
