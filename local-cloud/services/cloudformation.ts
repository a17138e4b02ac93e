import type { CloudFormation } from '../cloudformation';
import { authorize } from '../iam/authorization';
import { escapeXml, type Operations } from './endpoint';
import { ServiceError } from '../service-error';

/** The calls of CloudFormation that functions make. */
export function cloudFormationOperations(cloudFormation: CloudFormation): Operations {
  return {
    /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
    DescribeStacks: async (caller, { StackName }) => {
      const stack = cloudFormation.describeStack(String(StackName));
      await authorize(caller, 'cloudformation:DescribeStacks', [stack?.stackId ?? String(StackName)]);
      if (stack === undefined) {
        throw new ServiceError('ValidationError', `Stack with id ${String(StackName)} does not exist`);
      }
      const members = {
        StackId: stack.stackId,
        StackName: stack.stackName,
        StackStatus: stack.status,
        CreationTime: stack.creationTime.toISOString(),
      };
      const xml = Object.entries(members).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
      return { xml: `<Stacks><member>${xml.join('')}</member></Stacks>` };
    },
  };
}
