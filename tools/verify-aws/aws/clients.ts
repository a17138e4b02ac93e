import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { GlueClient } from '@aws-sdk/client-glue';
import { STSClient } from '@aws-sdk/client-sts';

/** No test of Glue is known to take longer. The SDK itself would not wait for ever. */
const TEST_TIMEOUT_MS = 900_000;

/** What the kit calls by itself, with the credentials of whoever runs it. It only reads, tests and deletes its stacks. */
export class Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly cloudTrail: CloudTrailClient;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly glue: GlueClient;
  readonly sts: STSClient;

  constructor(region: string) {
    const settings = { region, maxAttempts: 5 };
    this.cloudFormation = new CloudFormationClient(settings);
    this.cloudTrail = new CloudTrailClient(settings);
    this.cloudWatch = new CloudWatchClient(settings);
    this.logs = new CloudWatchLogsClient(settings);
    this.sts = new STSClient(settings);
    // Once: what a test says the first time is what is wanted, and how long it takes.
    this.glue = new GlueClient({ region, maxAttempts: 1, requestHandler: { requestTimeout: TEST_TIMEOUT_MS } });
  }

  close(): void {
    [this.cloudFormation, this.cloudTrail, this.cloudWatch, this.logs, this.glue, this.sts].forEach((client) =>
      client.destroy(),
    );
  }
}
