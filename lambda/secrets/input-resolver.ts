import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretValueReference, TestConnectionInput } from '../contract';
import type { Failure } from '../failures/failure';
import { SECRET_REFERENCE, TEST_CONNECTION_INPUT } from '../properties/model';
import { problemsOf } from '../properties/problems';
import type { Redactor } from '../base/redaction/redactor';
import { isTransient } from '../failures/retry';
import { wrongValue } from './secret-failure';
import { SecretReader, type SecretValue } from './secret-reader';
import { isObject, isText, mapTexts, type Text } from '../properties/shape';

/** Where a secret's value is wanted. */
interface Place {
  readonly path: string;
  readonly shape: Text;
  readonly reference: SecretValueReference;
}

/** Puts the values of secrets into an input that refers to them, so that Glue takes it. */
export class InputResolver {
  private readonly secrets: SecretReader;

  constructor(
    client: Pick<SecretsManagerClient, 'send'>,
    private readonly redactor: Redactor,
  ) {
    this.secrets = new SecretReader(client, redactor);
  }

  /** @returns the input, or why it can't be made: all that is wrong at once */
  async resolve(
    input: TestConnectionInput,
    signal: AbortSignal,
  ): Promise<{ readonly resolved: TestConnectionInput } | { readonly failure: Failure }> {
    const { texts, failures } = await this.read(input, signal);
    // What never passes by itself decides, since waiting for the others would be in vain.
    const decisive = failures.find(({ category }) => !isTransient(category)) ?? failures[0];
    if (decisive !== undefined) {
      return { failure: { ...decisive, message: this.redactor.redact(messagesOf(failures).join('; ')) } };
    }
    const resolved = mapTexts(TEST_CONNECTION_INPUT, input, (text) => texts.get(text) ?? text);
    return { resolved: resolved as TestConnectionInput };
  }

  private async read(input: unknown, signal: AbortSignal) {
    const results = await Promise.all(
      placesIn(input).map(async (place) => ({
        place,
        result: fit(place, await this.secrets.read(place.reference, signal)),
      })),
    );
    // The reference itself is the key: the paths of two odd names can be the same.
    const texts = new Map<unknown, string>();
    const failures: Failure[] = [];
    for (const { place, result } of results) {
      if (typeof result === 'string') {
        texts.set(place.reference, result);
      } else {
        failures.push(result);
      }
    }
    return { texts, failures };
  }
}

function messagesOf(failures: readonly Failure[]): string[] {
  return [...new Set(failures.map(({ message }) => message))];
}

function placesIn(input: unknown): Place[] {
  const places: Place[] = [];
  const visit = (text: unknown, shape: Text, path: string) => {
    if (isObject(text) && problemsOf(SECRET_REFERENCE, text).length === 0) {
      places.push({ path, shape, reference: text as unknown as SecretValueReference });
    }
    return text;
  };
  mapTexts(TEST_CONNECTION_INPUT, input, visit, 'TestConnectionInput');
  return places;
}

/** The text for a place, or why there is none. */
function fit({ path, shape, reference }: Place, result: SecretValue): string | Failure {
  if ('failure' in result) {
    return { ...result.failure, message: `'${path}' can't be read: ${result.failure.message}` };
  }
  return isText(shape, result.value) ? result.value : wrongValue(path, shape.expected, reference);
}
