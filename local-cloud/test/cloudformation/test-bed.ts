import { once } from 'node:events';
import { request } from 'node:https';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { CloudFormation, type CloudFormationOptions, type Properties, type StackEvent } from '../../src/cloudformation';
import { parseCreateOnly } from '../../src/cloudformation/resource-types/create-only';
import { settled, TestResources } from './test-resources';

/** What a fake provider answers; undefined: nothing. */
export type Answering = (event: CloudFormationCustomResourceEvent) => Properties | string | undefined;

/** Everything that the tests of this folder need. */
export class TestBed {
  readonly resources = new TestResources();
  readonly customResourceEvents: CloudFormationCustomResourceEvent[] = [];
  readonly events: StackEvent[] = [];
  readonly cloudFormation: CloudFormation;
  answer: Answering = success;

  constructor(options: Partial<CloudFormationOptions> = {}) {
    this.cloudFormation = new CloudFormation({
      region: 'eu-west-1',
      accountId: '111122223333',
      createOnly: (resourceType) => parseCreateOnly(resourceType === 'Test::Resource' ? 'Name Input.Name Kind?' : ''),
      handlers: (resourceType) => (resourceType === 'Test::Resource' ? this.resources : undefined),
      invoke: (_serviceToken, event) => void this.provide(event),
      onEvent: (event) => this.events.push(event),
      ...options,
    });
  }

  /** As in `A CREATE_COMPLETE` or `A CREATE_FAILED (reason)`. */
  get history(): string[] {
    return this.events.map(({ logicalId, status, reason }) => `${logicalId} ${status}${reason ? ` (${reason})` : ''}`);
  }

  /** Creates a stack, and forgets its history. */
  async given(stackName: string, resources: Record<string, Properties>): Promise<this> {
    const { status } = await this.cloudFormation.deploy({ stackName, template: templateOf(resources) });
    expect(status).toBe('CREATE_COMPLETE');
    this.events.length = 0;
    this.resources.begun.length = 0;
    return this;
  }

  async put(url: string, body: string, headers: Record<string, string | number> = {}, method = 'PUT'): Promise<number> {
    const ca = await this.cloudFormation.caCertificate();
    const put = request(url, { ca, method, agent: false, headers });
    put.end(body);
    const [response] = (await once(put, 'response')) as [{ statusCode: number; resume: () => void }];
    response.resume();
    return response.statusCode;
  }

  /** The first request to a provider, as soon as there is one. */
  async firstRequest(): Promise<CloudFormationCustomResourceEvent> {
    for (;;) {
      const [event] = this.customResourceEvents;
      if (event) {
        return event;
      }
      await settled();
    }
  }

  private async provide(event: CloudFormationCustomResourceEvent): Promise<void> {
    this.customResourceEvents.push(event);
    const answer = this.answer(event);
    if (answer === undefined) {
      return;
    }
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    await this.put(event.ResponseURL, body, { 'content-length': Buffer.byteLength(body) });
  }
}

export function success(event: CloudFormationCustomResourceEvent): Properties {
  const { StackId, RequestId, LogicalResourceId } = event;
  const PhysicalResourceId = 'PhysicalResourceId' in event ? event.PhysicalResourceId : 'made-by-provider';
  return { Status: 'SUCCESS', PhysicalResourceId, StackId, RequestId, LogicalResourceId };
}

export function failure(event: CloudFormationCustomResourceEvent, Reason = 'it is broken'): Properties {
  return { ...success(event), Status: 'FAILED', Reason };
}

/** A template of test resources, given by their properties; `DependsOn` and policies go beside them. */
export function templateOf(resources: Record<string, Properties>): { Resources: Record<string, Properties> } {
  const attributes = ['Type', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata'];
  const declarations = Object.entries(resources).map(([logicalId, given]) => {
    const isAttribute = ([key]: [string, unknown]): boolean => attributes.includes(key);
    const entries = Object.entries(given);
    const properties = Object.fromEntries(entries.filter((entry) => !isAttribute(entry)));
    return [
      logicalId,
      { Type: 'Test::Resource', ...Object.fromEntries(entries.filter(isAttribute)), Properties: properties },
    ];
  });
  return { Resources: Object.fromEntries(declarations) as Record<string, Properties> };
}
