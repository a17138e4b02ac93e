import { setImmediate } from 'node:timers/promises';
import type {
  CloudFormation,
  StackDescription,
  StackInput,
  StackResourceDescription,
  StackResult,
} from '../../cloudformation';
import { parseTemplateText } from '../../cloudformation/template/parse-text';
import type { Environment } from '../../environment';
import type { Session } from '../../iam/access-keys';
import { authorize } from '../../iam/authorization';
import type { Roles } from '../../iam/roles';
import { ServiceError } from '../../service-error';
import type { StackRequest } from './requests';

/** What the operations have in common. */
export class ApiContext {
  constructor(
    readonly cloudFormation: CloudFormation,
    private readonly roles: Roles,
    private readonly environment: Environment,
    private readonly templateAt: (url: string) => unknown,
  ) {}

  /**
   * @param stackName undefined for all stacks; null where the action knows no resources
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
   */
  async authorize(caller: Session, action: string, stackName: string | undefined | null): Promise<void> {
    await authorize(caller, `cloudformation:${action}`, [stackName === null ? '*' : this.arnOf(stackName)]);
  }

  /** One that is under review, waiting to be created, doesn't count. */
  find(stackName: string): StackDescription | undefined {
    const stack = this.cloudFormation.describeStack(stackName);
    return stack?.status === 'REVIEW_IN_PROGRESS' ? undefined : stack;
  }

  existing(stackName: string, inBrackets = false): StackDescription {
    const stack = this.cloudFormation.describeStack(stackName);
    if (stack === undefined) {
      const name = inBrackets ? `Stack [${stackName}]` : `Stack with id ${stackName}`;
      throw new ServiceError('ValidationError', `${name} does not exist`);
    }
    return stack;
  }

  resources(stackName: string, logicalId?: string): StackResourceDescription[] {
    const resources = this.cloudFormation.describeStackResources(this.existing(stackName, true).stackId);
    const found = resources.filter((resource) => logicalId === undefined || resource.logicalId === logicalId);
    if (logicalId !== undefined && found.length === 0) {
      throw new ServiceError('ValidationError', `Resource ${logicalId} does not exist for stack ${stackName}`);
    }
    return found;
  }

  stackInput(request: StackRequest): StackInput {
    const { StackName, Parameters = [], Capabilities, RoleARN, DeploymentConfig, OnFailure, ChangeSetType } = request;
    if (DeploymentConfig?.Mode === 'EXPRESS' || OnFailure === 'DELETE' || String(ChangeSetType) === 'IMPORT') {
      throw new ServiceError('ValidationError', 'Express mode, OnFailure DELETE and imports are not modelled');
    }
    if (RoleARN !== undefined && !this.roles.getByArn(RoleARN)) {
      throw new ServiceError('ValidationError', `Role ${RoleARN} is invalid or cannot be assumed`);
    }
    const template = this.template(request);
    if (template === undefined) {
      throw new ServiceError('ValidationError', 'Either Template URL or Template Body must be specified.');
    }
    const given = Parameters.filter(({ UsePreviousValue }) => !UsePreviousValue);
    return {
      stackName: StackName,
      template,
      parameters: Object.fromEntries(
        given.map(({ ParameterKey, ParameterValue = '' }) => [ParameterKey, ParameterValue]),
      ),
      usePreviousValue: Parameters.filter(({ UsePreviousValue }) => UsePreviousValue).map(
        ({ ParameterKey }) => ParameterKey,
      ),
      capabilities: Capabilities,
      tags: request.Tags?.map(({ Key, Value }) => ({ key: Key, value: Value })),
    };
  }

  template({ TemplateBody, TemplateURL, UsePreviousTemplate, StackName }: StackRequest): unknown {
    if (TemplateBody !== undefined) {
      return parseTemplateText(TemplateBody);
    }
    if (TemplateURL !== undefined) {
      try {
        return this.templateAt(TemplateURL);
      } catch (error) {
        throw new ServiceError('ValidationError', (error as Error).message);
      }
    }
    return UsePreviousTemplate ? this.existing(StackName).template : undefined;
  }

  private arnOf(stackName = '*'): string {
    const { partition, region, accountId } = this.environment;
    const arn = stackName.startsWith('arn:') ? stackName : undefined;
    const known = this.cloudFormation.describeStack(stackName)?.stackId;
    return known ?? arn ?? `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/*`;
  }
}

/**
 * Resolves when the operation is under way; rejects if it was refused.
 *
 * @returns its result if there was nothing to do
 */
export async function begun(operation: Promise<StackResult | undefined>): Promise<StackResult | undefined> {
  return Promise.race([operation, setImmediate(undefined)]);
}
