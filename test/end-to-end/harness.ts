import {
  LocalCloud,
  type LocalCloudOptions,
  PostgresServer,
  type StackEvent,
  type StackResult,
} from '@cdk-glue-connection-test/local-cloud';
import { App } from 'aws-cdk-lib';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { OrdersStack, type OrdersStackProps } from '../../bin/orders-stack';

export const STACK_NAME = 'Orders';
export const TEST = 'Custom::GlueConnectionTest';
export const JOB = 'AWS::Glue::Job';

export interface Template {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

export interface Release {
  readonly props: Omit<OrdersStackProps, 'release'>;
  readonly password: string;
  readonly release?: string;
  /** Changes the synthesized template before it is deployed. */
  readonly edit?: (template: Template) => void;
}

interface PolicyDocument {
  Statement: { Action: string | string[] }[];
}

/** Takes actions out of every policy, and lets the test give up soon on what it would wait a minute for. */
export function without(...actions: string[]) {
  return ({ Resources }: Template): void => {
    for (const { Type, Properties } of Object.values(Resources)) {
      if (Type === TEST) {
        Properties.TimeoutSeconds = 2;
      }
      const inline = (Properties.Policies ?? []) as { PolicyDocument: PolicyDocument }[];
      for (const document of [
        Properties.PolicyDocument as PolicyDocument | undefined,
        ...inline.map((policy) => policy.PolicyDocument),
      ]) {
        if (document) {
          document.Statement = document.Statement.map((statement) => ({
            ...statement,
            Action: [statement.Action].flat().filter((action) => !actions.includes(action)),
          })).filter(({ Action }) => Action.length > 0);
        }
      }
    }
  };
}

/** The demo's stack in a local cloud of its own, with a real database. */
export class OrdersDeployment {
  static async start(options: Pick<LocalCloudOptions, 'retryDelaysMs'> = {}): Promise<OrdersDeployment> {
    const password = randomBytes(12).toString('base64url');
    const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
    const events: StackEvent[] = [];
    const cloud = await LocalCloud.start({ ...options, onEvent: (event) => events.push(event) });
    return new OrdersDeployment(cloud, database, password, events);
  }

  readonly folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-e2e-'));

  private constructor(
    readonly cloud: LocalCloud,
    readonly database: PostgresServer,
    readonly password: string,
    private readonly allEvents: StackEvent[],
  ) {}

  /** The events of the operation that was started last. */
  get events(): readonly StackEvent[] {
    return this.allEvents;
  }

  async deploy({ props, password, release = '1', edit }: Release): Promise<StackResult> {
    const directory = mkdtempSync(path.join(this.folder, 'cdk.out-'));
    const app = new App({ outdir: directory, analyticsReporting: false });
    new OrdersStack(app, STACK_NAME, { ...props, release });
    const { templateFullPath } = app.synth().getStackByName(STACK_NAME);
    if (edit) {
      const template = JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template;
      edit(template);
      writeFileSync(templateFullPath, JSON.stringify(template));
    }
    this.allEvents.length = 0;
    return this.cloud.deploy(directory, STACK_NAME, { parameters: { DatabasePassword: password } });
  }

  async destroy(): Promise<StackResult | undefined> {
    this.allEvents.length = 0;
    return this.cloud.cloudFormation.deleteStack(STACK_NAME);
  }

  /** Everything that a person could see: events, function log, templates. */
  visibleText(): string {
    const templates = readdirSync(this.folder).map((directory) =>
      readFileSync(path.join(this.folder, directory, `${STACK_NAME}.template.json`), 'utf8'),
    );
    return JSON.stringify([this.allEvents, this.cloud.log, templates, this.cloud.cloudFormation.answers]);
  }

  /** Reasons of a resource type's failed events. */
  failures(resourceType: string): string[] {
    return this.allEvents
      .filter((event) => event.resourceType === resourceType && event.status.endsWith('_FAILED'))
      .map(({ reason }) => reason ?? '');
  }

  eventsOf(resourceType: string): string[] {
    return this.allEvents.filter((event) => event.resourceType === resourceType).map(({ status }) => status);
  }

  async stop(): Promise<void> {
    await this.cloud.stop();
    await this.database.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
