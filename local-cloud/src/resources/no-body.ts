import { randomUUID } from 'node:crypto';
import { physicalName, type ResourceHandler } from '../cloudformation';

/** Types that are records in CloudFormation, too: a name, and nothing that it would be the name of. */

/** Tells AWS which constructs a stack is made of. @see https://docs.aws.amazon.com/cdk/v2/guide/usage-data.html */
export const METADATA_HANDLER: ResourceHandler = {
  create: ({ stackName, logicalId }) => Promise.resolve({ physicalId: physicalName(stackName, logicalId) }),
  update: ({ physicalId }) => Promise.resolve({ physicalId }),
  delete: () => Promise.resolve(),
};

/**
 * An address for signals, for which something has to wait: that is not modelled.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitconditionhandle.html
 */
export const WAIT_CONDITION_HANDLE_HANDLER: ResourceHandler = {
  create: ({ region, stackId, logicalId }) =>
    Promise.resolve({
      physicalId: `https://cloudformation-waitcondition-${region}.s3.${region}.amazonaws.com/${encodeURIComponent(`${stackId}/${logicalId}`)}?X-Amz-Signature=${randomUUID()}`,
    }),
  update: ({ physicalId }) => Promise.resolve({ physicalId }),
  delete: () => Promise.resolve(),
};
