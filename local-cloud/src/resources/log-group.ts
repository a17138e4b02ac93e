import { randomUUID } from 'node:crypto';
import { physicalName, type Properties, type ResourceHandler } from '../cloudformation';
import { ServiceError } from '../service-error';
import type { Logs } from '../services/logs';
import { promised } from './completion';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export function logGroupHandler(logs: Logs): ResourceHandler {
  const retentionOf = ({ RetentionInDays: days }: Properties) => (days === undefined ? undefined : Number(days));
  const describe = (name: string) => ({ physicalId: name, attributes: { Arn: logs.arnOf(name) } });
  return {
    create: ({ stackName, logicalId, properties }) =>
      promised(() => {
        const name = (properties.LogGroupName as string | undefined) ?? physicalName(stackName, logicalId);
        try {
          logs.create(name, retentionOf(properties));
        } catch (error) {
          throw error instanceof ServiceError ? new Error(taken(name)) : error;
        }
        return describe(name);
      }),
    update: ({ physicalId, properties }) =>
      promised(() => {
        logs.retain(physicalId, retentionOf(properties));
        return describe(physicalId);
      }),
    delete: ({ physicalId }) => promised(() => logs.delete(physicalId)),
  };
}

/** @see https://github.com/aws-solutions/amazon-marketing-cloud-uploader-from-aws/issues/167 shows these words */
function taken(name: string): string {
  const identifier = JSON.stringify({ '/properties/LogGroupName': name });
  const message = `Resource of type 'AWS::Logs::LogGroup' with identifier '${identifier}' already exists.`;
  return `Resource handler returned message: "${message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: AlreadyExists)`;
}
