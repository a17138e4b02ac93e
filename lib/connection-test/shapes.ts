import { DURATION, ROLE, SECRET_REF } from '../props/cdk-kinds';
import { struct, type Shape } from '../props/check-props';
import { BOOLEAN, CONSTRUCT, isText, kind, listOf, mapOf, oneOf, optional, TEXT, wholeNumber } from '../props/kinds';
import { PROVIDER, PROVIDER_PROPS } from '../provider/provider-shapes';
import { CONNECTION_TYPE, TARGET } from '../target/connection-kinds';
import type { ApplyToOptions } from './apply-to-options';
import {
  OnFailure,
  OnUnsupported,
  type ConnectionTestOptions,
  type ConnectionTestProps,
} from './connection-test-props';

export const TEST_OPTIONS: Shape<ConnectionTestOptions> = {
  timeout: optional(DURATION),
  maxAttempts: optional(wholeNumber('from 1 to 10', { min: 1, max: 10 })),
  onFailure: optional(oneOf('OnFailure', OnFailure)),
  onUnsupported: optional(oneOf('OnUnsupported', OnUnsupported)),
  networkDiagnosis: optional(BOOLEAN),
  everyDeployment: optional(BOOLEAN),
  triggers: optional(mapOf(kind('a string', isText, { isSecret: true }))),
};

export const TEST_PROPS: Shape<ConnectionTestProps> = {
  ...TEST_OPTIONS,
  target: TARGET,
  secret: optional(SECRET_REF),
  provider: optional(PROVIDER),
};

export const APPLY_TO_OPTIONS: Shape<ApplyToOptions> = {
  ...TEST_OPTIONS,
  connectionTypes: optional(listOf(CONNECTION_TYPE, 'connection types')),
  exclude: optional(listOf(CONSTRUCT, 'constructs')),
  excludeNames: optional(listOf(TEXT, 'strings')),
  executeAfter: optional(listOf(CONSTRUCT, 'constructs')),
  gateDependents: optional(BOOLEAN),
  providerProps: optional(struct(PROVIDER_PROPS)),
  secrets: optional(mapOf(SECRET_REF)),
  serviceRole: optional(ROLE),
  serviceToken: optional(TEXT),
};
