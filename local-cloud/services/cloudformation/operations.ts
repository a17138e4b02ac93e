import { setImmediate } from 'node:timers/promises';
import {
  ApiError,
  type CloudFormation,
  type StackDescription,
  type StackInput,
  type StackResult,
} from '../../cloudformation';
import { parseTemplateText } from '../../cloudformation/template/parse-text';
import type { Environment } from '../../environment';
import type { Session } from '../../iam/access-keys';
import { authorize } from '../../iam/authorization';
import type { Roles } from '../../iam/roles';
import { ServiceError } from '../../service-error';
import type { Operations } from '../protocols/protocol';
import { requestOf, type StackRequest } from './requests';
import {
  changeSetOf,
  changeSetSummaryOf,
  eventOf,
  resourceOf,
  resourceSummaryOf,
  stackOf,
  summaryOf,
} from './responses';

const EVENTS_PER_PAGE = 100;

/** CloudFormation's API. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html */
export class CloudFormationApi {
  constructor(
    private readonly cloudFormation: CloudFormation,
    private readonly roles: Roles,
    private readonly environment: Environment,
    private readonly templateAt: (url: string) => unknown,
  ) {}

  get operations(): Operations {
    const operations = { ...this.ofStacks, ...this.ofChangeSets, ...this.views };
    return Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [
        name,
        (caller: Session, input: Record<string, unknown>) => asServiceError(() => operation(caller, input)),
      ]),
    );
  }

  private readonly ofStacks: Operations = {
    CreateStack: async (caller, input) => {
      const request = requestOf(input, 'StackName');
      await this.authorize(caller, 'CreateStack', request.StackName);
      if (this.find(request.StackName)) {
        throw new ServiceError('AlreadyExistsException', `Stack [${request.StackName}] already exists`);
      }
      return this.deploy(request);
    },

    UpdateStack: async (caller, input) => {
      const request = requestOf(input, 'StackName');
      await this.authorize(caller, 'UpdateStack', request.StackName);
      if (!this.find(request.StackName)) {
        throw new ServiceError('ValidationError', `Stack [${request.StackName}] does not exist`);
      }
      return this.deploy(request);
    },

    DeleteStack: async (caller, input) => {
      const { StackName, ClientRequestToken } = requestOf(input, 'StackName');
      await this.authorize(caller, 'DeleteStack', StackName);
      await begun(this.cloudFormation.deleteStack(StackName, ClientRequestToken));
      return {};
    },
  };

  private readonly ofChangeSets: Operations = {
    CreateChangeSet: async (caller, input) => {
      const request = requestOf(input, 'StackName', 'ChangeSetName');
      await this.authorize(caller, 'CreateChangeSet', request.StackName);
      const { changeSetId, stackId } = this.cloudFormation.changeSets.create({
        ...this.stackInput(request),
        ...{ changeSetName: request.ChangeSetName, changeSetType: request.ChangeSetType },
        description: request.Description,
      });
      return { Id: changeSetId, StackId: stackId };
    },

    DescribeChangeSet: async (caller, input) => {
      const { StackName, ChangeSetName } = requestOf(input, 'ChangeSetName');
      await this.authorize(caller, 'DescribeChangeSet', StackName);
      return changeSetOf(this.cloudFormation.changeSets.describe(ChangeSetName, StackName));
    },

    ListChangeSets: async (caller, input) => {
      const { StackName } = requestOf(input, 'StackName');
      await this.authorize(caller, 'ListChangeSets', StackName);
      return {
        Summaries: this.cloudFormation.changeSets.list(this.existing(StackName).stackId).map(changeSetSummaryOf),
      };
    },

    ExecuteChangeSet: async (caller, input) => {
      const { StackName, ChangeSetName, DisableRollback, ClientRequestToken } = requestOf(input, 'ChangeSetName');
      await this.authorize(caller, 'ExecuteChangeSet', StackName);
      await begun(
        this.cloudFormation.changeSets.execute({
          ...{ stackName: StackName, changeSetName: ChangeSetName },
          ...{ disableRollback: DisableRollback, clientRequestToken: ClientRequestToken },
        }),
      );
      return {};
    },

    DeleteChangeSet: async (caller, input) => {
      const { StackName, ChangeSetName } = requestOf(input, 'ChangeSetName');
      await this.authorize(caller, 'DeleteChangeSet', StackName);
      this.cloudFormation.changeSets.delete(ChangeSetName, StackName);
      return {};
    },
  };

  private readonly views: Operations = {
    DescribeStacks: async (caller, input) => {
      const { StackName } = requestOf(input);
      await this.authorize(caller, 'DescribeStacks', StackName);
      return { Stacks: (StackName ? [this.existing(StackName)] : this.cloudFormation.listStacks()).map(stackOf) };
    },

    ListStacks: async (caller, input) => {
      await this.authorize(caller, 'ListStacks', undefined);
      const { StackStatusFilter } = input as { StackStatusFilter?: readonly string[] };
      const stacks = this.cloudFormation.listStacks({ withDeleted: true });
      const wanted = stacks.filter(({ status }) => StackStatusFilter?.includes(status) ?? true);
      return { StackSummaries: wanted.map(summaryOf) };
    },

    DescribeStackEvents: async (caller, input) => {
      const { StackName, NextToken } = requestOf(input, 'StackName');
      await this.authorize(caller, 'DescribeStackEvents', StackName);
      const events = this.cloudFormation.describeStackEvents(this.existing(StackName, true).stackId);
      const start = events.findIndex(({ eventId }) => eventId === NextToken) + 1;
      const page = events.slice(start, start + EVENTS_PER_PAGE);
      const isLast = start + EVENTS_PER_PAGE >= events.length;
      return { StackEvents: page.map(eventOf), NextToken: isLast ? undefined : page.at(-1)?.eventId };
    },

    DescribeStackResources: async (caller, input) => {
      const { StackName, LogicalResourceId } = requestOf(input, 'StackName');
      await this.authorize(caller, 'DescribeStackResources', StackName);
      return { StackResources: this.resources(StackName, LogicalResourceId).map(resourceOf) };
    },

    ListStackResources: async (caller, input) => {
      const { StackName } = requestOf(input, 'StackName');
      await this.authorize(caller, 'ListStackResources', StackName);
      return { StackResourceSummaries: this.resources(StackName).map(resourceSummaryOf) };
    },

    GetTemplate: async (caller, input) => {
      const { StackName } = requestOf(input, 'StackName');
      await this.authorize(caller, 'GetTemplate', StackName);
      const { status, template } = this.existing(StackName, true);
      const body = status === 'REVIEW_IN_PROGRESS' ? {} : template;
      return { TemplateBody: JSON.stringify(body), StagesAvailable: ['Original', 'Processed'] };
    },

    GetTemplateSummary: async (caller, input) => {
      const request = requestOf(input);
      await this.authorize(caller, 'GetTemplateSummary', request.StackName);
      const { Parameters = {}, Resources = {}, Description } = (this.template(request) ?? {}) as TemplateSections;
      return {
        Description,
        Parameters: Object.entries(Parameters).map(([ParameterKey, { Type, Default, NoEcho }]) => ({
          ...{ ParameterKey, ParameterType: Type, DefaultValue: Default, NoEcho: String(NoEcho) === 'true' },
        })),
        ResourceTypes: [...new Set(Object.values(Resources).map(({ Type }) => Type))],
      };
    },

    ListExports: async (caller) => {
      await this.authorize(caller, 'ListExports', undefined);
      const exportsOf = ({ stackId, outputs }: StackDescription) =>
        outputs.flatMap(({ exportName, value }) =>
          exportName === undefined ? [] : [{ ExportingStackId: stackId, Name: exportName, Value: value }],
        );
      return { Exports: this.cloudFormation.listStacks().flatMap(exportsOf) };
    },
  };

  private async deploy(request: StackRequest): Promise<object> {
    const disableRollback = request.DisableRollback ?? request.OnFailure === 'DO_NOTHING';
    const result = await begun(
      this.cloudFormation.deploy({
        ...this.stackInput(request),
        ...{ disableRollback, clientRequestToken: request.ClientRequestToken },
      }),
    );
    if (result?.changed === false) {
      throw new ServiceError('ValidationError', 'No updates are to be performed.');
    }
    return { StackId: this.existing(request.StackName).stackId };
  }

  private stackInput(request: StackRequest): StackInput {
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
    };
  }

  private template({ TemplateBody, TemplateURL, UsePreviousTemplate, StackName }: StackRequest): unknown {
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

  private resources(stackName: string, logicalId?: string) {
    const resources = this.cloudFormation.describeStackResources(this.existing(stackName, true).stackId);
    const found = resources.filter((resource) => logicalId === undefined || resource.logicalId === logicalId);
    if (logicalId !== undefined && found.length === 0) {
      throw new ServiceError('ValidationError', `Resource ${logicalId} does not exist for stack ${stackName}`);
    }
    return found;
  }

  private async authorize(caller: Session, action: string, stackName: string | undefined): Promise<void> {
    const { partition, region, accountId } = this.environment;
    const arn = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName ?? '*'}/*`;
    const known = stackName === undefined ? undefined : this.cloudFormation.describeStack(stackName);
    await authorize(caller, `cloudformation:${action}`, [
      known?.stackId ?? (stackName?.startsWith('arn:') ? stackName : arn),
    ]);
  }

  /** One that is under review, waiting to be created, doesn't count. */
  private find(stackName: string): StackDescription | undefined {
    const stack = this.cloudFormation.describeStack(stackName);
    return stack?.status === 'REVIEW_IN_PROGRESS' ? undefined : stack;
  }

  private existing(stackName: string, inBrackets = false): StackDescription {
    const stack = this.cloudFormation.describeStack(stackName);
    if (stack === undefined) {
      const name = inBrackets ? `Stack [${stackName}]` : `Stack with id ${stackName}`;
      throw new ServiceError('ValidationError', `${name} does not exist`);
    }
    return stack;
  }
}

interface TemplateSections {
  readonly Description?: string;
  readonly Parameters?: Readonly<Record<string, { Type: string; Default?: unknown; NoEcho?: unknown }>>;
  readonly Resources?: Readonly<Record<string, { Type: string }>>;
}

/**
 * Resolves when the operation is under way; rejects if it was refused.
 *
 * @returns its result if there was nothing to do
 */
async function begun(operation: Promise<StackResult | undefined>): Promise<StackResult | undefined> {
  return Promise.race([operation, setImmediate(undefined)]);
}

async function asServiceError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ApiError ? new ServiceError(error.name, error.message) : error;
  }
}
