import { physicalName, type Properties, type ResourceHandler } from '../cloudformation';
import type { Connection, Glue } from '../services/glue';
import type { GlueEntities } from '../services/glue-entities';
import { promised } from './completion';

interface ConnectionInput {
  readonly Name?: string;
  readonly ConnectionType?: string;
  readonly ConnectionProperties?: Connection['ConnectionProperties'];
  readonly AuthenticationConfiguration?: Connection['AuthenticationConfiguration'];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-connection.html */
export function connectionHandler({ connections }: Glue): ResourceHandler {
  const inputOf = ({ ConnectionInput: input }: Properties) => input as ConnectionInput;
  return entityHandler(connections, {
    // Glue keeps names in lower case.
    nameOf: (properties) => inputOf(properties).Name?.toLowerCase(),
    madeUp: (name) => name.toLowerCase(),
    entityOf: (Name, properties) => {
      const { ConnectionType = '', ConnectionProperties = {}, AuthenticationConfiguration } = inputOf(properties);
      return { Name, ConnectionType, ConnectionProperties, AuthenticationConfiguration };
    },
  });
}

/**
 * The name is kept as it is written: case counts.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-job.html
 */
export function jobHandler({ jobs }: Glue): ResourceHandler {
  return entityHandler(jobs, { nameOf, entityOf: withoutTags });
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-crawler.html */
export function crawlerHandler({ crawlers }: Glue): ResourceHandler {
  return entityHandler(crawlers, {
    nameOf,
    entityOf: (name, properties) => ({ ...withoutTags(name, properties), State: 'READY' }),
  });
}

interface EntityType<T> {
  readonly nameOf: (properties: Properties) => string | undefined;
  readonly entityOf: (name: string, properties: Properties) => T;
  /** What becomes of a name that CloudFormation makes up. @default - it stays */
  readonly madeUp?: (name: string) => string;
}

function entityHandler<T extends { readonly Name: string }>(
  entities: GlueEntities<T>,
  { nameOf: given, entityOf, madeUp = (name) => name }: EntityType<T>,
): ResourceHandler {
  return {
    create: ({ stackName, logicalId, properties }) =>
      promised(() => {
        const name = given(properties) ?? madeUp(physicalName(stackName, logicalId));
        entities.create(entityOf(name, properties));
        return { physicalId: name };
      }),
    update: ({ physicalId, properties }) =>
      promised(() => {
        entities.update(entityOf(physicalId, properties));
        return { physicalId };
      }),
    delete: ({ physicalId }) => promised(() => entities.delete(physicalId)),
  };
}

function nameOf({ Name }: Properties): string | undefined {
  return Name as string | undefined;
}

/** The API has tags elsewhere, and everything else as it is in the template. */
function withoutTags(Name: string, properties: Properties) {
  const members = Object.entries(properties).filter(([key]) => key !== 'Tags');
  return { ...Object.fromEntries(members), Name };
}
