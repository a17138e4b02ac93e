import type { Diagnosis } from '../failures/diagnosis';
import { diagnose } from '../failures/exceptions';
import { factsOf, type Failure } from '../failures/failure';
import type { Redact } from '../base/redaction/redactor';
import { troubleWith } from '../failures/service-trouble';
import { firstCharacters } from '../base/text';

const API = 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html';

/** Why the role of a test could not be assumed. */
export function roleFailure(error: unknown, roleArn: string, redact: Redact): Failure {
  const { name, message, statusCode, isNetwork } = factsOf(error);
  const said = firstCharacters(redact(message), 500) || 'no message';
  return {
    ...explain(name, statusCode, isNetwork),
    link: API,
    exception: firstCharacters(redact(name), 100),
    message: `role ${firstCharacters(roleArn, 300)}: ${said}`,
    saidBy: 'STS',
  };
}

function explain(name: string, statusCode: number | undefined, isNetwork: boolean): Omit<Diagnosis, 'link'> {
  const isDenied = statusCode === 403 || /^AccessDenied(Exception)?$/.test(name);
  // Nothing that STS is asked for takes it long: where it doesn't answer, it can't be reached.
  const { category } = diagnose(
    isDenied ? 'AccessDeniedException' : name,
    statusCode,
    isNetwork || name === 'AbortError',
  );
  if (name === 'RegionDisabledException') {
    return {
      category: 'CONFIGURATION',
      cause: 'STS is not active in this Region.',
      nextStep: 'Activate STS for the Region in the account settings of IAM.',
    };
  }
  if (isDenied) {
    return {
      category,
      cause: "The function's role may not assume the role of the test, or that role was created too recently.",
      nextStep:
        "Let the trust policy of the role name the function's role; if that has a permissions boundary, let it allow " +
        'sts:AssumeRole.',
    };
  }
  const trouble = troubleWith('STS')[category];
  return {
    category,
    cause: trouble?.cause ?? 'The role of the test could not be assumed.',
    nextStep: trouble?.nextStep ?? 'Look at what STS says.',
  };
}
