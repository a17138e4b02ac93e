import { RequestRefused, type Properties } from '../cloudformation';
import { isRecord } from '../cloudformation/template/intrinsic';
import { randomPassword } from '../services/random-password';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html */
export function generatedString(options: Properties): string {
  const { SecretStringTemplate: template, GenerateStringKey: key, PasswordLength, ExcludeCharacters } = options;
  if ((template === undefined) !== (key === undefined)) {
    throw new RequestRefused('SecretStringTemplate and GenerateStringKey must be specified together');
  }
  const password = randomPassword({
    length: PasswordLength === undefined ? undefined : Number(PasswordLength),
    excludeCharacters: ExcludeCharacters as string | undefined,
    excludeLowercase: isTrue(options.ExcludeLowercase),
    excludeUppercase: isTrue(options.ExcludeUppercase),
    excludeNumbers: isTrue(options.ExcludeNumbers),
    excludePunctuation: isTrue(options.ExcludePunctuation),
    includeSpace: isTrue(options.IncludeSpace),
    requireEachIncludedType: isTrue(options.RequireEachIncludedType ?? true),
  });
  return key === undefined
    ? password
    : JSON.stringify({ ...parsedTemplate(template as string), [key as string]: password });
}

/** Templates may have a text where a boolean is meant. */
function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}

function parsedTemplate(template: string): object {
  try {
    const parsed: unknown = JSON.parse(template);
    if (isRecord(parsed)) {
      return parsed;
    }
  } catch {
    // No JSON is as wrong as JSON of another kind.
  }
  throw new RequestRefused('Could not parse SecretStringTemplate JSON.');
}
