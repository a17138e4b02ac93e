import { randomUUID } from 'node:crypto';
import type {
  CloudFormationCustomResourceEvent,
  CloudFormationCustomResourceResourcePropertiesCommon as EventProperties,
} from 'aws-lambda';
import { messageOf, ResourceFailure, RequestRefused } from '../errors';
import { physicalName } from '../physical-name';
import type {
  Properties,
  ResourceDeleteRequest,
  ResourceHandler,
  ResourceRequest,
  ResourceResult,
  ResourceUpdateRequest,
} from '../resource-handler';
import { stringify } from '../template/stringify';
import { readResponse } from './response';
import type { ResponseServer } from './response-server';

const DEFAULT_SERVICE_TIMEOUT = 3600;

export interface CustomResourceOptions {
  readonly responseServer: () => Promise<ResponseServer>;
  /** Hands the event to the function, whose work nobody waits for; throws when there is no such function. */
  readonly invoke: (serviceToken: string, event: CloudFormationCustomResourceEvent) => void;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

type EventSpecifics =
  | { RequestType: 'Create' }
  | { RequestType: 'Update'; PhysicalResourceId: string; OldResourceProperties: EventProperties }
  | { RequestType: 'Delete'; PhysicalResourceId: string };

export function isCustomResource(resourceType: string): boolean {
  return resourceType.startsWith('Custom::') || resourceType === 'AWS::CloudFormation::CustomResource';
}

/**
 * Asks the provider behind the service token, and waits for its answer.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 */
export class CustomResource implements ResourceHandler {
  constructor(private readonly options: CustomResourceOptions) {}

  /**
   * When the provider has been asked and has not named the resource, because it never answered or answered wrongly,
   * CloudFormation makes up an id; that is what it then asks to delete.
   *
   * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#important-cases-to-handle
   */
  async create(request: ResourceRequest): Promise<ResourceResult> {
    const answer = await this.ask(request, { RequestType: 'Create' });
    try {
      return await answer();
    } catch (error) {
      const named = error instanceof ResourceFailure ? error.physicalId : undefined;
      const physicalId = named ?? physicalName(request.stackName, request.logicalId);
      throw new ResourceFailure(messageOf(error), physicalId, named !== undefined);
    }
  }

  async update(request: ResourceUpdateRequest): Promise<ResourceResult> {
    if (request.properties.ServiceToken !== request.previousProperties.ServiceToken) {
      throw new RequestRefused('Modifying service token is not allowed.');
    }
    const answer = await this.ask(request, {
      RequestType: 'Update',
      PhysicalResourceId: request.physicalId,
      OldResourceProperties: stringified(request.previousProperties),
    });
    return answer();
  }

  async delete(request: ResourceDeleteRequest): Promise<void> {
    const answer = await this.ask(request, { RequestType: 'Delete', PhysicalResourceId: request.physicalId });
    await answer();
  }

  /** Resolves when the provider has the request, to what waits for its answer. */
  private async ask(request: ResourceRequest, specifics: EventSpecifics): Promise<() => Promise<ResourceResult>> {
    const { stackId, logicalId, resourceType, properties } = request;
    assertServiceToken(properties);
    const timeout = serviceTimeoutOf(properties);
    const key = { stackId, logicalId, requestId: randomUUID() };
    const server = await this.options.responseServer();
    const { url, body } = server.expect(key);

    this.options.invoke(properties.ServiceToken, {
      ...specifics,
      ServiceToken: properties.ServiceToken,
      ResponseURL: url,
      StackId: stackId,
      RequestId: key.requestId,
      LogicalResourceId: logicalId,
      ResourceType: resourceType,
      ResourceProperties: stringified(properties),
    });

    return async () => {
      const answered = new AbortController();
      const signal = AbortSignal.any([answered.signal, request.signal]);
      const timedOut = this.options.sleep(timeout * 1000, signal).then(() => {
        throw new Error(noResponse(key.requestId));
      });
      try {
        return readResponse(await Promise.race([body, timedOut]), key);
      } finally {
        answered.abort();
        server.forget(key);
      }
    };
  }
}

/** All of them, ServiceToken and ServiceTimeout included. */
function stringified(properties: Properties): EventProperties {
  return stringify(properties) as EventProperties;
}

function assertServiceToken(properties: Properties): asserts properties is { ServiceToken: string } {
  if (typeof properties.ServiceToken !== 'string') {
    throw new RequestRefused('Custom resource requires the property ServiceToken.');
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
function serviceTimeoutOf({ ServiceTimeout = DEFAULT_SERVICE_TIMEOUT }: Properties): number {
  const seconds = Number(ServiceTimeout);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
    throw new RequestRefused('ServiceTimeout must be an integer from 1 to 3600.');
  }
  return seconds;
}

function noResponse(requestId: string): string {
  return `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`;
}
