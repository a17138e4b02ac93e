import { LocalCloud, PostgresServer, type StackEvent, Workspace } from '@cdk-glue-connection-test/local-cloud';
import { App } from 'aws-cdk-lib';
import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { writeBundle } from '../tools/bundle';
import { Closing } from './closing';
import { EventPrinter } from './event-printer';
import { announce, FAULTS, isAsAnnounced, type Fault, type FaultName } from './faults';
import { OrdersStack } from './orders-stack';

const STACK_NAME = 'Orders';

/** Where the demo plays. */
interface Stage {
  readonly folder: string;
  readonly database: PostgresServer;
  readonly password: string;
  readonly cloud: LocalCloud;
  /** Who hears the events of the stack. */
  readonly listeners: Set<(event: StackEvent) => void>;
}

/**
 * `npm run demo`: deploys the orders stack on this machine, first with the right password, then with a wrong one.
 * `npm run demo -- --fault NAME`: deploys it once, with that fault. Exits with 0 when what happened is what was
 * announced, with 1 otherwise.
 */
async function main(): Promise<void> {
  const faultNames = faultsFromArguments();
  console.log('A CloudFormation, a Lambda and a Glue on this machine, and a real PostgreSQL. No AWS account is used.');
  const closing = new Closing();
  try {
    const stage = await setUp(closing);
    for (const [index, faultName] of faultNames.entries()) {
      if (!(await deploy(stage, FAULTS[faultName], index + 1))) {
        process.exitCode = 1;
        return;
      }
    }
  } finally {
    await closing.close();
  }
}

function faultsFromArguments(): readonly FaultName[] {
  const { fault } = parseArgs({ options: { fault: { type: 'string' } } }).values;
  if (fault === undefined) {
    return ['none', 'password'];
  }
  if (!Object.hasOwn(FAULTS, fault)) {
    throw new Error(`'--fault' must be one of ${Object.keys(FAULTS).join(', ')}, got: ${fault}`);
  }
  return [fault as FaultName];
}

async function setUp(closing: Closing): Promise<Stage> {
  await writeBundle();
  const workspace = new Workspace('demo');
  closing.add(() => workspace.close());
  const password = randomBytes(12).toString('base64url');
  const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
  closing.add(() => database.stop());
  const listeners: Stage['listeners'] = new Set();
  const cloud = await LocalCloud.start({ onEvent: (event) => listeners.forEach((listen) => listen(event)) });
  closing.add(() => cloud.stop());
  return { folder: workspace.folder, database, password, cloud, listeners };
}

/** @returns whether it went as announced */
async function deploy(stage: Stage, fault: Fault, release: number): Promise<boolean> {
  const announcement = announce(fault, release > 1);
  console.log(`\n${pc.bold(`Release ${release}: ${fault.description}`)}`);
  console.log(`Announced: ${announcement.outcome} (${announcement.status})\n`);

  const { directory, resourceCount } = synthesize(stage, fault, release);
  const printer = new EventPrinter(STACK_NAME, resourceCount);
  const events: StackEvent[] = [];
  const listen = (event: StackEvent) => {
    events.push(event);
    printer.print(event);
  };
  stage.listeners.add(listen);
  const parameters = { DatabasePassword: fault.password(stage.password) };
  const { status } = await stage.cloud.deploy(directory, STACK_NAME, { parameters });
  stage.listeners.delete(listen);
  printer.stop();

  const asAnnounced = isAsAnnounced(fault, announcement, status, events);
  console.log(asAnnounced ? `\n✅  As announced: ${announcement.outcome}.` : `\n❌  Not as announced: ${status}.`);
  return asAnnounced;
}

function synthesize({ folder, database }: Stage, fault: Fault, release: number) {
  const directory = path.join(folder, String(release));
  const app = new App({ outdir: directory, analyticsReporting: false });
  new OrdersStack(app, STACK_NAME, { ...fault.stackProps(database), release: String(release) });
  const template = app.synth().getStackByName(STACK_NAME).template as { Resources: object };
  return { directory, resourceCount: Object.keys(template.Resources).length };
}

main().catch((error: unknown) => {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
