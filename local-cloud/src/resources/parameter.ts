import { physicalName, RequestRefused, type ResourceHandler, type ResourceRequest } from '../cloudformation';
import type { ParameterStore } from '../services/parameter-store';
import { promised } from './completion';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export function parameterHandler(parameterStore: ParameterStore): ResourceHandler {
  const put = (name: string, { logicalId, properties }: ResourceRequest, overwrite: boolean) => {
    const [Type, Value] = [String(properties.Type), String(properties.Value)];
    // What is encrypted cannot come from a template.
    if (!['String', 'StringList'].includes(Type)) {
      throw new RequestRefused(
        `Properties validation failed for resource ${logicalId} with message:\n#/Type: ${Type} is not a valid enum value`,
      );
    }
    parameterStore.put({ Name: name, Type, Value }, { overwrite });
    return { physicalId: name, attributes: { Type, Value, Arn: parameterStore.arnOf(name) } };
  };
  return {
    create: (request) =>
      promised(() => {
        const { Name } = request.properties;
        return put((Name as string | undefined) ?? physicalName(request.stackName, request.logicalId), request, false);
      }),
    update: (request) => promised(() => put(request.physicalId, request, true)),
    delete: ({ physicalId }) => promised(() => parameterStore.delete(physicalId)),
  };
}
