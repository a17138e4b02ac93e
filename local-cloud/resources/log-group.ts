import { physicalName, type ResourceHandler } from '../cloudformation';
import { ENVIRONMENT } from '../environment';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const LOG_GROUP_HANDLER: ResourceHandler = {
  create: ({ stackName, logicalId, properties }) =>
    describe((properties.LogGroupName as string | undefined) ?? physicalName(stackName, logicalId)),
  update: ({ physicalId }) => describe(physicalId),
  delete: () => Promise.resolve(),
};

function describe(name: string) {
  const { region, accountId } = ENVIRONMENT;
  return Promise.resolve({
    physicalId: name,
    attributes: { Arn: `arn:aws:logs:${region}:${accountId}:log-group:${name}:*` },
  });
}
