import { parseArgs } from 'node:util';

export const HELP = `npm run verify:aws -- --profile NAME --region REGION [options]

Deploys small stacks into an AWS account, answers what only AWS can tell, and
deletes the stacks. It takes about 20 minutes and 10 more for the clean-up.

  --profile NAME    the profile of the AWS CLI to use; else the environment's
  --region REGION   the Region; else AWS_REGION
  --public          also makes a PostgreSQL that the Internet reaches, for
                    connections outside a VPC
  --only ID,...     answers these questions only
  --cleanup         deletes all stacks of earlier runs, and does nothing else
  --yes             does not ask
  --wait MINUTES    waits for CloudTrail and alarms at most so long (15)
  --store-url URL   uses this PostgreSQL in place of RDS: jdbc:postgresql://...
                    of a user 'orders', its password in VERIFY_STORE_PASSWORD
  --output FOLDER   writes the results there, not into this repository
  --help            shows this`;

export interface Options {
  readonly profile?: string;
  readonly region: string;
  readonly isPublic: boolean;
  readonly only?: readonly string[];
  readonly isCleanUp: boolean;
  readonly isConfirmed: boolean;
  readonly waitMinutes: number;
  readonly store?: { readonly url: string; readonly password: string };
  readonly output?: string;
}

/** @throws an error that says which argument is wrong */
export function parse(args: readonly string[], environment: NodeJS.ProcessEnv): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: 'string' },
      region: { type: 'string' },
      public: { type: 'boolean' },
      only: { type: 'string' },
      cleanup: { type: 'boolean' },
      yes: { type: 'boolean' },
      wait: { type: 'string' },
      'store-url': { type: 'string' },
      output: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    return 'help';
  }
  const region = values.region ?? environment.AWS_REGION;
  if (region === undefined) {
    throw new Error("'--region' is missing, and AWS_REGION is not set");
  }
  if (environment.AWS_ENDPOINT_URL !== undefined && values.output === undefined && values.cleanup !== true) {
    throw new Error(
      "AWS_ENDPOINT_URL is set: what an emulator answers is not AWS's. Name a folder for it by '--output'",
    );
  }
  return {
    profile: values.profile,
    region,
    isPublic: values.public === true,
    only: values.only?.split(',').map((id) => id.trim()),
    isCleanUp: values.cleanup === true,
    isConfirmed: values.yes === true,
    waitMinutes: minutes(values.wait),
    store: storeOf(values['store-url'], environment.VERIFY_STORE_PASSWORD),
    output: values.output,
  };
}

function minutes(given = '15'): number {
  if (!/^\d{1,3}$/.test(given)) {
    throw new Error(`'--wait' must be a whole number of minutes, got: ${given}`);
  }
  return Number(given);
}

function storeOf(url: string | undefined, password: string | undefined): Options['store'] {
  if (url === undefined) {
    return undefined;
  }
  if (!url.startsWith('jdbc:postgresql://')) {
    throw new Error(`'--store-url' must begin with jdbc:postgresql://, got: ${url}`);
  }
  if (password === undefined) {
    throw new Error("'--store-url' needs the password in VERIFY_STORE_PASSWORD");
  }
  return { url, password };
}
