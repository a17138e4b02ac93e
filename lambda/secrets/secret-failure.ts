import type { SecretValueReference } from '../contract';
import type { Diagnosis } from '../failures/diagnosis';
import { diagnose } from '../failures/exceptions';
import { factsOf, type Failure } from '../failures/failure';
import type { Redact } from '../base/redaction/redactor';
import { troubleWith } from '../failures/service-trouble';
import { firstCharacters } from '../base/text';

const TROUBLESHOOTING = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html';
const API = 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html';

const SPEAKER = 'Secrets Manager';

type Explanation = Omit<Diagnosis, 'link'>;

/** What Secrets Manager's errors mean, by exception name and part of the message. More specific entries come first. */
const REFUSALS: readonly (Explanation & { readonly name: RegExp; readonly says?: RegExp })[] = [
  {
    name: /^ResourceNotFoundException$/,
    says: /staging label|version/i,
    category: 'SECRET',
    cause: 'The secret has no version of this stage, or no value at all.',
    nextStep: "Correct 'VersionStage', leave it out for AWSCURRENT, or give the secret a value.",
  },
  {
    name: /^ResourceNotFoundException$/,
    category: 'SECRET',
    cause: 'The secret does not exist in this account and Region.',
    nextStep: "Correct the secret's name or ARN, or create it before the test.",
  },
  {
    name: /^InvalidRequestException$/,
    says: /deletion|deleted/i,
    category: 'SECRET',
    cause: 'The secret is being deleted.',
    nextStep: 'Restore the secret, or name another one.',
  },
  {
    name: /^AccessDenied(Exception)?$/,
    // The colon matters: the name of the secret may contain the word `kms`, but no colon.
    says: /access to kms is not allowed|\bkms:/i,
    category: 'ACCESS_DENIED',
    cause: 'The role that runs the test may not use the key that encrypts the secret, or was granted it too recently.',
    nextStep: "Grant the role kms:Decrypt on the secret's key, and let the key's policy allow it.",
  },
  {
    name: /^DecryptionFailure/,
    category: 'ENCRYPTION',
    cause: 'The key that encrypts the secret is disabled, being deleted, or not for the role that runs the test.',
    nextStep: "Enable the secret's key, and grant the role kms:Decrypt on it.",
  },
  {
    name: /^AccessDenied(Exception)?$/,
    category: 'ACCESS_DENIED',
    cause: 'The role that runs the test may not read the secret, or was granted it too recently.',
    nextStep:
      "Grant the role secretsmanager:GetSecretValue on the secret; check the secret's policy for an explicit deny.",
  },
  {
    name: /^AbortError$/,
    category: 'TIMEOUT',
    cause: 'Secrets Manager did not answer before the time was over.',
    nextStep: 'If the function is in a VPC, give it a NAT gateway or an interface endpoint for Secrets Manager.',
  },
  {
    name: /^Invalid(Parameter|Request)Exception$|^ValidationException$/,
    category: 'SECRET',
    cause: 'Secrets Manager does not accept the name of the secret or of its version.',
    nextStep: 'Correct what Secrets Manager names.',
  },
];

/** Explains why a secret could not be read. */
export function secretFailure(error: unknown, reference: SecretValueReference, redact: Redact): Failure {
  const { name, message, statusCode, isNetwork } = factsOf(error);
  const said = firstCharacters(redact(message), 500) || 'no message';
  const refusal = REFUSALS.find(
    (entry) => entry.name.test(name) && (entry.says?.test(message.slice(0, 4_000)) ?? true),
  );
  const { category } = diagnose(name, statusCode, isNetwork);
  const explanation: Explanation = refusal ?? {
    category,
    cause: 'The secret could not be read.',
    nextStep: 'Look at what Secrets Manager says.',
    ...troubleWith(SPEAKER)[category],
  };
  return {
    category: explanation.category,
    cause: explanation.cause,
    nextStep: explanation.nextStep,
    link: TROUBLESHOOTING,
    exception: firstCharacters(redact(name), 100),
    message: `${nameOf(reference)}: ${said}`,
    saidBy: SPEAKER,
  };
}

export function notText(reference: SecretValueReference): Failure {
  return unusable('SecretBinary', `${nameOf(reference)} holds binary data, expected text`, {
    cause: 'The secret holds binary data.',
    nextStep: 'Store it as text.',
  });
}

export function notJson(reference: SecretValueReference): Failure {
  const message = `${nameOf(reference)} is not a JSON object, so that it has no key '${keyIn(reference)}'`;
  return unusable('NotJson', message, {
    cause: "The secret is not a JSON object, so that it has no key 'JsonKey' can name.",
    nextStep: "Store a JSON object, or leave 'JsonKey' out to use the whole secret.",
  });
}

/** @param hasIt whether the secret has the key, although its value is unusable */
export function notAMember(reference: SecretValueReference, keys: readonly string[], hasIt: boolean): Failure {
  const message = hasIt
    ? `key '${keyIn(reference)}' of ${nameOf(reference)} holds no text, or a number that is not exact: store it as a string`
    : `${nameOf(reference)} has no key '${keyIn(reference)}', it has: ${listKeys(keys)}`;
  return unusable('MissingKey', message, {
    cause: 'The secret lacks the key.',
    nextStep: "Correct 'JsonKey', or add the key to the secret.",
  });
}

/** The secret could be read, but Glue would not accept its value in this place. */
export function wrongValue(path: string, expected: string, reference: SecretValueReference): Failure {
  const member = reference.JsonKey === undefined ? 'the value' : `key '${keyIn(reference)}'`;
  return unusable('WrongValue', `'${path}' must be ${expected}, which ${member} of ${nameOf(reference)} is not`, {
    cause: 'The value in the secret has not the form that Glue takes in this place.',
    nextStep: "Correct the value in the secret, or 'JsonKey'.",
  });
}

/** A failure that only a change of the secret or of the reference fixes. */
function unusable(exception: string, message: string, explanation: Pick<Diagnosis, 'cause' | 'nextStep'>): Failure {
  return { category: 'SECRET', ...explanation, link: API, exception, message, saidBy: SPEAKER };
}

/** Lists the keys of a secret, except any that looks like more than a name. */
function listKeys(keys: readonly string[]): string {
  const names = keys.filter((key) => /^[\w.-]{1,64}$/.test(key)).slice(0, 20);
  const others = keys.length - names.length;
  const rest = others === 0 ? [] : [names.length === 0 ? `${others} of another form` : `${others} more`];
  return [...names, ...rest].join(', ') || 'none';
}

function keyIn({ JsonKey = '' }: SecretValueReference): string {
  return firstCharacters(JsonKey, 100);
}

function nameOf({ SecretId, VersionStage }: SecretValueReference): string {
  const stage = VersionStage === undefined ? '' : ` (${firstCharacters(VersionStage, 60)})`;
  return `secret '${firstCharacters(SecretId, 300)}'${stage}`;
}
