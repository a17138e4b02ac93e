import type { Redact } from '../../../lambda/base/redaction/redactor';
import { onOneLine } from '../../../lambda/base/text';
import { factsOf } from '../../../lambda/failures/failure';
import type { Options } from '../arguments/options';

const EXPIRED = /^(ExpiredToken|RequestExpired|TokenRefreshRequired)/;
const NOT_ACCEPTED =
  /^(InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|AuthFailure|InvalidAccessKeyId|IncompleteSignature)/;

/** The hint that the SDK adds to an answer that it can't read. */
const NOT_STS = 'Deserialization error';

/** Says in one sentence why there are no credentials that AWS accepts, and what to do. Masks what others have said. */
export function sentenceOn(
  error: unknown,
  { profile, roleArn }: Pick<Options, 'profile' | 'roleArn'>,
  redact: Redact,
): string {
  const { name, message, statusCode = 0, isNetwork } = factsOf(error);
  const said = onOneLine(redact(message), 300).replace(/\.$/, '');
  const chosen = profile ?? process.env.AWS_PROFILE;
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return onMissing(said, chosen);
  }
  if (EXPIRED.test(name)) {
    return `the AWS credentials have expired: ${logIn(chosen)}, or set new ones`;
  }
  if (NOT_ACCEPTED.test(name)) {
    return `AWS does not accept the credentials: check them, and that the Region is enabled in the account (${said})`;
  }
  if (roleArn !== undefined && name.startsWith('AccessDenied')) {
    return `the role ${roleArn} can't be assumed: its trust policy and your permissions must allow it (${said})`;
  }
  if (isNetwork) {
    return `STS can't be reached: check the network and the proxy (${said})`;
  }
  if (message.includes(NOT_STS)) {
    return 'what answers for STS is not STS: check the proxy, and AWS_ENDPOINT_URL';
  }
  if (statusCode >= 500) {
    return `STS has a fault: try again later (${said})`;
  }
  return `the AWS credentials can't be used: ${said}`;
}

function onMissing(said: string, profile: string | undefined): string {
  if (/aws sso login|aws login|sso session|token .*expired|expired .*token|session .*expired/i.test(said)) {
    return `the login has expired: ${logIn(profile)}`;
  }
  const [, unresolved] = /using profile: \[([^\]]*)\]/.exec(said) ?? [];
  if (unresolved !== undefined) {
    return withoutCredentials(unresolved);
  }
  if (said.includes('from any providers')) {
    if (profile !== undefined) {
      return withoutCredentials(profile);
    }
    return "there are no AWS credentials: run 'aws configure' or 'aws sso login', or set AWS_PROFILE";
  }
  return `there are no AWS credentials: ${said}`;
}

function withoutCredentials(profile: string): string {
  return `the profile '${profile}' has no credentials: 'aws configure list-profiles' lists the profiles`;
}

function logIn(profile: string | undefined): string {
  return `run 'aws sso login${profile === undefined ? '' : ` --profile ${profile}`}'`;
}
