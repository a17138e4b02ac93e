import { setTimeout } from 'node:timers/promises';
import type { CloudFormationOptions } from '../options';
import { CustomResource } from './custom-resource';
import { ResponseServer, type Answer } from './response-server';

/** What custom resources have in common: the place that providers answer to. */
export class CustomResources {
  /** Everything that was put to a response URL, in the order of arrival. */
  readonly answers: Answer[] = [];
  readonly handler: CustomResource;
  private responseServer?: Promise<ResponseServer>;

  constructor(private readonly options: Pick<CloudFormationOptions, 'region' | 'invoke' | 'sleep'>) {
    this.handler = new CustomResource({
      responseServer: () => this.startedResponseServer(),
      invoke: options.invoke,
      sleep: options.sleep ?? ((milliseconds, signal) => setTimeout(milliseconds, undefined, { signal })),
    });
  }

  async caCertificate(): Promise<string> {
    return (await this.startedResponseServer()).caCertificate;
  }

  async close(): Promise<void> {
    await (await this.responseServer)?.close();
    this.responseServer = undefined;
  }

  private startedResponseServer(): Promise<ResponseServer> {
    this.responseServer ??= ResponseServer.start(this.options.region, (answer) => this.answers.push(answer));
    return this.responseServer;
  }
}
