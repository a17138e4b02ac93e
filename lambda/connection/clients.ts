import { GlueClient, type GlueClientConfig } from '@aws-sdk/client-glue';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientOptions } from '../base/client-options';
import { closeQuietly } from '../base/close';

type Credentials = GlueClientConfig['credentials'];

/**
 * The clients of one test, each created on first use. No client serves two events: a connection does not survive while
 * Lambda freezes the environment.
 */
export class Clients {
  private readonly made: { destroy(): void }[] = [];
  private glueClient?: GlueClient;
  private secretsManagerClient?: SecretsManagerClient;

  /**
   * @param patienceMs how long an answer may take
   * @param credentials the credentials of the calls; by default, those of the environment
   * @param region the Region of the calls; by default, that of the environment
   */
  constructor(
    private readonly patienceMs: number,
    private readonly credentials?: Credentials,
    private readonly region?: string,
  ) {}

  get glue(): Pick<GlueClient, 'send'> {
    return (this.glueClient ??= this.keep(new GlueClient(this.options)));
  }

  get secretsManager(): Pick<SecretsManagerClient, 'send'> {
    return (this.secretsManagerClient ??= this.keep(new SecretsManagerClient(this.options)));
  }

  /** Releases what the clients hold. Never throws. */
  close(): void {
    this.made.forEach(closeQuietly);
  }

  /** Of these clients, and of those that are loaded later. */
  get options() {
    // An undefined Region would be taken as one.
    const { region } = this;
    return {
      ...clientOptions(this.patienceMs),
      credentials: this.credentials,
      ...(region !== undefined && { region }),
    };
  }

  private keep<T extends { destroy(): void }>(client: T): T {
    this.made.push(client);
    return client;
  }
}
