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
import { widthOf, wrap } from './terminal';

const STACK_NAME = 'Orders';

const HELP = `npm run demo [-- --fault NAME]

Deploys a stack with a Glue connection and its test on this machine: first with
the right password, then with a wrong one. No AWS account is used.

  --fault NAME  deploys it once, with one fault:
${Object.entries<Fault>(FAULTS)
  .map(([name, { description }]) => `                ${name.padEnd(8)}  ${description}`)
  .join('\n')}
  --help        shows this

It exits with 0 when what happened is what was announced, with 1 otherwise.`;

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
  const closing = new Closing();
  const faultNames = faultsFromArguments();
  if (faultNames === 'help') {
    console.log(HELP);
    return;
  }
  say('A CloudFormation, a Lambda and a Glue on this machine, and a real PostgreSQL. No AWS account is used.');
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

/** In lines that fit the terminal. */
function say(text: string, colour = (line: string) => line): void {
  wrap(text, widthOf(process.stdout)).forEach((line) => console.log(colour(line)));
}

function faultsFromArguments(): readonly FaultName[] | 'help' {
  const { fault, help } = parseArgs({
    options: { fault: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  }).values;
  if (help === true) {
    return 'help';
  }
  if (fault === undefined) {
    return ['none', 'password'];
  }
  const name = (Object.keys(FAULTS) as FaultName[]).find((one) => one === fault);
  if (name === undefined) {
    throw new Error(`'--fault' must be one of ${Object.keys(FAULTS).join(', ')}, got: ${fault}`);
  }
  return [name];
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
  console.log();
  say(`Release ${release}: ${fault.description}`, pc.bold);
  say(`Announced: ${announcement.outcome} (${announcement.status})`);
  console.log();

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
  console.log();
  say(asAnnounced ? `✅  As announced: ${announcement.outcome}.` : `❌  Not as announced: ${status}.`);
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
