import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Closing } from '../../bin/closing';
import { Redactor } from '../../lambda/base/redaction/redactor';
import { writeBundle } from '../bundle';
import { announce, isConfirmed } from './announcement';
import { HELP, parse, type Options } from './arguments';
import { Clients } from './aws/clients';
import { findStack } from './aws/stacks';
import { logGroupsOfGlue } from './aws/watching';
import { Cdk } from './cdk';
import { cleanUp } from './clean-up';
import { Files } from './files';
import { observe } from './observe';
import { answer, merge } from './results';
import { Run } from './run';
import { withTexts } from './seen-texts';
import { step, withThoseBefore, type StepId } from './steps';
import { chosen } from './unknowns';

/** In place of the account's number, in what is kept. AWS's documentation uses it. */
const NO_ACCOUNT = '111122223333';

const say = (line: string): void => console.log(line);

/**
 * `npm run verify:aws`: answers what only AWS can tell, by small stacks that it deletes in the end, also after Ctrl-C.
 * Exits with 1 if a stack is left.
 */
async function main(): Promise<void> {
  const options = parse(process.argv.slice(2), process.env);
  if (options === 'help') {
    say(HELP);
    return;
  }
  readByAws(options);
  const closing = new Closing();
  const clients = new Clients(options.region);
  try {
    await (options.isCleanUp ? cleanUpAlone(clients) : verify(options, clients, closing));
  } finally {
    await closing.close();
    clients.close();
  }
}

/** What the SDK and the `cdk` command read, so that both are in the same account. */
function readByAws({ region, profile }: Options): void {
  process.env.AWS_REGION = region;
  if (profile !== undefined) {
    process.env.AWS_PROFILE = profile;
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    delete process.env.AWS_SESSION_TOKEN;
  }
}

async function cleanUpAlone(clients: Clients): Promise<void> {
  process.exitCode = (await cleanUp(clients.cloudFormation, say)) ? 0 : 1;
}

async function verify(options: Options, clients: Clients, closing: Closing): Promise<void> {
  const unknowns = chosen(options.only);
  const steps = withThoseBefore(unknowns.flatMap((unknown) => unknown.steps)).filter((id) => isPossible(id, options));
  const { Account: account = '' } = await clients.sts.send(new GetCallerIdentityCommand({}));
  announce(account, options, unknowns, steps).forEach(say);
  if ((await findStack(clients.cloudFormation, 'CDKToolkit')) === undefined) {
    throw new Error(`not bootstrapped: run 'npx cdk bootstrap aws://${account}/${options.region}' first`);
  }
  if (!options.isConfirmed && !(await isConfirmed(account))) {
    throw new Error('not confirmed: nothing was done');
  }
  await writeBundle();
  const logGroupsBefore = await logGroupsOfGlue(clients.logs);
  const folder = mkdtempSync(path.join(tmpdir(), 'verify-aws-'));
  say(`What the cdk command prints is in ${folder}.`);
  const cdk = new Cdk({ folder, environment: process.env, context: contextOf(options) });
  const run = new Run({ cdk, clients, say, mask: (text) => mask(text, account, options) });
  closing.add(async () => {
    await run.stop();
    process.exitCode = (await cleanUp(clients.cloudFormation, say)) ? process.exitCode : 1;
  });

  const begun = new Date();
  await run.all(steps);
  if (run.hasStopped()) {
    return;
  }
  const evidence = await observe(clients, run, { begun, waitMinutes: options.waitMinutes, logGroupsBefore, say });
  if (run.hasStopped()) {
    return;
  }
  const files = new Files(options.output);
  const date = begun.toISOString().slice(0, 10);
  const results = answer(unknowns, evidence, date, options.region);
  files.write(merge(files.readResults(), results), withTexts(files.readTexts(), evidence.tests, date, options.region));
  Object.entries(results).forEach(([id, { seen }]) => say(`${id}: ${seen ?? 'not answered here'}`));
  say(`The answers are in ${files.results}, the texts in ${files.texts}, the table in ${files.page}.`);
}

/** Without a public store, or with one that is given, some steps can't run. */
function isPossible(id: StepId, { isPublic, store }: Options): boolean {
  const { place } = step(id);
  if (place === 'own VPC') {
    return store === undefined;
  }
  return place !== 'public store' || isPublic || store !== undefined;
}

function contextOf({ store }: Options): Readonly<Record<string, string>> {
  return store === undefined ? {} : { storeUrl: store.url };
}

function mask(text: string, account: string, { store }: Options): string {
  const { redact } = new Redactor(store === undefined ? [] : [store.password]);
  return redact(text).replaceAll(account, NO_ACCOUNT);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
