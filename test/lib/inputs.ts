import type { Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ConnectionTarget,
  ConnectionTest,
  SecretReference,
  type ConnectionInput,
  type SecretReferenceOptions,
} from '../../lib/index';
import { allStatements, asText, createStack } from './harness';

export const JDBC_URL = 'jdbc:postgresql://db:5432/orders';
export const HIDDEN = 'hunter2-never-shown';
export const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

export function createSecret(options?: SecretReferenceOptions, props?: secretsmanager.SecretProps) {
  const stack = createStack();
  const secret = new secretsmanager.Secret(stack, 'Secret', props);
  return { stack, secret, reference: SecretReference.fromSecretsManager(secret, options) };
}

/** Properties as a language without TypeScript's types may pass them, each reference where it belongs. */
export function inputOf(properties: object | undefined, connectionType = glue.ConnectionType.JDBC): ConnectionInput {
  const entries = Object.entries(properties ?? {}) as [string, unknown][];
  const part = (isSecret: boolean) =>
    Object.fromEntries(entries.filter(([, value]) => value instanceof SecretReference === isSecret));
  return {
    connectionType,
    ...(properties && {
      connectionProperties: part(false) as ConnectionInput['connectionProperties'],
      secretConnectionProperties: part(true) as ConnectionInput['secretConnectionProperties'],
    }),
  };
}

export function createTest(stack: Stack, input: ConnectionInput, id = 'Test'): ConnectionTest {
  return new ConnectionTest(stack, id, { target: ConnectionTarget.fromInput(input) });
}

export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

export function statementsOn(stack: Stack, action: string): string[][] {
  return allStatements(stack)
    .filter(({ Action }) => [Action].flat().includes(action))
    .map(({ Resource }) => [Resource].flat().map(asText));
}
