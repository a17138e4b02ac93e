import { physicalName, type ResourceHandler } from '../cloudformation';
import type { Connection, Glue } from '../services/glue';

interface ConnectionInput {
  readonly Name?: string;
  readonly ConnectionType?: string;
  readonly ConnectionProperties?: Connection['ConnectionProperties'];
  readonly AuthenticationConfiguration?: Connection['AuthenticationConfiguration'];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-connection.html */
export function connectionHandler(glue: Glue): ResourceHandler {
  const inputOf = (properties: Readonly<Record<string, unknown>>) => properties.ConnectionInput as ConnectionInput;
  const put = (name: string, input: ConnectionInput) => {
    glue.putConnection({
      Name: name,
      ConnectionType: input.ConnectionType ?? '',
      ConnectionProperties: input.ConnectionProperties ?? {},
      AuthenticationConfiguration: input.AuthenticationConfiguration,
    });
    return Promise.resolve({ physicalId: name });
  };
  return {
    create: ({ stackName, logicalId, properties }) => {
      const input = inputOf(properties);
      // Glue keeps names in lower case.
      return put((input.Name ?? physicalName(stackName, logicalId)).toLowerCase(), input);
    },
    update: ({ physicalId, properties }) => put(physicalId, inputOf(properties)),
    delete: ({ physicalId }) => {
      glue.deleteConnection(physicalId);
      return Promise.resolve();
    },
  };
}
