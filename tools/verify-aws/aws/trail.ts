import { LookupEventsCommand, type CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { setTimeout } from 'node:timers/promises';
import type { TrailCall } from '../evidence';

const CALLS = [
  ...['GetSecretValue', 'CreateNetworkInterface', 'DeleteNetworkInterface', 'CreateTags', 'DescribeNetworkInterfaces'],
  ...['DescribeSubnets', 'DescribeSecurityGroups', 'DescribeVpcEndpoints', 'DescribeRouteTables'],
  'DescribeVpcAttribute',
];
/** Two calls of LookupEvents a second are allowed. */
const PAUSE_MS = 600;
const ROUND_MS = 60_000;

export interface TrailOptions {
  readonly since: Date;
  readonly until: Date;
  /** Words of which a call of ours has one in what it asks for, or in who makes it. */
  readonly ours: readonly string[];
  readonly isStopped: () => boolean;
}

/**
 * The calls about what is ours, once there are some. CloudTrail is minutes late.
 *
 * @returns undefined where there is no CloudTrail to ask
 */
export async function lookUp(client: CloudTrailClient, options: TrailOptions): Promise<TrailCall[] | undefined> {
  for (;;) {
    const calls: TrailCall[] = [];
    for (const name of CALLS) {
      const found = await lookUpOne(client, name, options);
      if (found === undefined) {
        return undefined;
      }
      calls.push(...found);
      await setTimeout(PAUSE_MS);
    }
    const next = Date.now() + ROUND_MS;
    if (calls.length > 0 || next > options.until.getTime() || options.isStopped()) {
      return calls;
    }
    await setTimeout(ROUND_MS);
  }
}

async function lookUpOne(
  client: CloudTrailClient,
  name: string,
  { since, ours }: TrailOptions,
): Promise<TrailCall[] | undefined> {
  try {
    const { Events = [] } = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
        StartTime: since,
        MaxResults: 50,
      }),
    );
    return Events.flatMap(({ CloudTrailEvent = '{}' }) => callOf(name, CloudTrailEvent, ours));
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
interface Record {
  readonly userIdentity?: { readonly arn?: string; readonly type?: string; readonly invokedBy?: string };
  readonly requestParameters?: unknown;
  readonly errorCode?: string;
}

function callOf(name: string, text: string, ours: readonly string[]): TrailCall[] {
  const { userIdentity: { arn, type, invokedBy } = {}, requestParameters, errorCode } = JSON.parse(text) as Record;
  const about = `${JSON.stringify(requestParameters ?? '')} ${arn ?? ''}`;
  if (!ours.some((word) => about.includes(word))) {
    return [];
  }
  return [{ name, by: roleOf(arn) ?? type ?? 'unknown', invokedBy, error: errorCode }];
}

/** Without what is another one each time, and without the account: `role GlueVerifyInVpc-…`. */
function roleOf(arn: string | undefined): string | undefined {
  const [, kind, name] = /:(assumed-role|user|role)\/([^/]+)/.exec(arn ?? '') ?? [];
  if (kind === undefined || name === undefined) {
    return undefined;
  }
  // Of roles that are not the kit's, the name says who runs it.
  return name.startsWith('GlueVerify') ? `role ${name.replace(/-[A-Za-z0-9]{6,}$/, '')}` : `a ${kind} of the account`;
}
