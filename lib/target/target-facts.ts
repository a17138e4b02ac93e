import { Arn, ArnFormat, Stack, Token, type CfnResource } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import type { IConstruct } from 'constructs';
import { stringProperty, type ConnectionInput } from './connection-input';
import type { ExistingConnectionOptions } from './connection-target-options';
import { filesNamedBy, readDefinition, SECRET_PROPERTIES, type ConnectionDefinition } from './connection-definition';
import { placeIn } from '../cdk/environment';
import { checkName } from '../secrets/value-checks';

/** What is known of a target at synthesis. */
export type TargetFacts = CommonFacts &
  (
    | { readonly connectionName: string; readonly input?: undefined }
    | { readonly connectionName?: undefined; readonly input: ConnectionInput }
  );

/** What can be known of a connection of any kind. */
interface CommonFacts {
  readonly catalogId?: string;
  readonly inVpc?: boolean;
  /** Where the user says so. */
  readonly hasSecret?: boolean;
  readonly construct?: IConstruct;
  /** The connection in the template, where it is of this app. */
  readonly resource?: CfnResource;
  readonly definition?: ConnectionDefinition;
  readonly account?: string;
  readonly region?: string;
}

export function factsOfResource(connection: CfnResource): CommonFacts {
  const { account, region } = Stack.of(connection);
  const definition = readDefinition(connection);
  if (definition.literalName !== undefined) {
    checkName('connectionInput.name', definition.literalName);
  }
  return {
    // Most connections name the catalog of their own account, by itself or by `AWS::AccountId`.
    catalogId: isOwnAccount(connection, definition.catalogId) ? undefined : definition.catalogId,
    inVpc: definition.inVpc,
    resource: connection,
    definition,
    account,
    region,
  };
}

function isOwnAccount({ stack }: CfnResource, catalogId: string | undefined): boolean {
  return catalogId === stack.account || placeIn(stack, { account: catalogId }).account === stack.account;
}

/** The account and the Region in the connection's ARN. */
export function factsOfImport(imported: glue.IConnection): Pick<CommonFacts, 'account' | 'region'> {
  if (Token.isUnresolved(imported.connectionArn)) {
    return {};
  }
  const { account, region } = Arn.split(imported.connectionArn, ArnFormat.SLASH_RESOURCE_NAME);
  return { account, region };
}

/**
 * Adds what the user says where the definition says nothing.
 *
 * @throws an error where both say something else
 */
export function withOptions(facts: CommonFacts, { inVpc, hasSecret }: ExistingConnectionOptions): CommonFacts {
  // That a definition names no secret doesn't mean that there is none.
  const namesSecret = facts.definition?.secretIds?.[0] === undefined ? undefined : true;
  return {
    ...facts,
    inVpc: agreed('inVpc', facts, facts.inVpc, inVpc),
    hasSecret: agreed('hasSecret', facts, namesSecret, hasSecret),
  };
}

function agreed(option: string, { resource }: CommonFacts, known: boolean | undefined, given: boolean | undefined) {
  if (given !== undefined && known !== undefined && given !== known) {
    throw new Error(
      `'${option}' must be ${known}, as the definition of ${resource?.node.path} says, got: ${given}; leave it out`,
    );
  }
  return known ?? given;
}

/** With the connection's definition as it is now; what only the user says still holds. */
export function factsOfNow(facts: TargetFacts): TargetFacts {
  const { resource, inVpc } = facts;
  if (resource === undefined) {
    return facts;
  }
  const now = factsOfResource(resource);
  return { ...facts, ...now, inVpc: now.inVpc ?? inVpc };
}

export function factsOfInput(input: ConnectionInput): TargetFacts {
  return {
    input,
    catalogId: input.catalogId,
    inVpc: false,
    definition: {
      literalName: undefined,
      secretIds: SECRET_PROPERTIES.map((name) => stringProperty(input, name)).filter((id) => id !== undefined),
      files: filesNamedBy((name) => stringProperty(input, name)),
      roleArn: stringProperty(input, 'ROLE_ARN'),
      inVpc: false,
      subnetId: undefined,
      securityGroupIds: undefined,
    },
  };
}
