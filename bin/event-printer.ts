import type { StackEvent } from '@cdk-glue-connection-test/local-cloud';
import ora, { type Ora } from 'ora';
import pc from 'picocolors';
import { cut, widthOf, wrap } from './terminal';

/** As the `cdk` command cuts a status. */
const STATUS_WIDTH = 23;
const TYPE_WIDTH = 27;

/** Prints a stack's events as they happen, in the colours of `cdk deploy` and in lines that fit the terminal. */
export class EventPrinter {
  private readonly complete = new Set<string>();
  private readonly spinner: Ora | undefined;

  /**
   * @param total how many resources the stack has
   * @param out where to; a terminal also gets a spinner
   */
  constructor(
    stackName: string,
    private readonly total: number,
    private readonly out: NodeJS.WriteStream = process.stdout,
  ) {
    // A terminal that has no width, as some recorders give, is no place for a spinner.
    const isTerminal = out.isTTY && out.columns > 0;
    this.spinner = isTerminal ? ora({ stream: out, text: `${stackName}: deploying…` }).start() : undefined;
  }

  readonly print = (event: StackEvent): void => {
    // That something begins was said by the event before.
    if (event.reason === 'Resource creation Initiated') {
      return;
    }
    const isStack = event.resourceType === 'AWS::CloudFormation::Stack';
    if (!isStack && event.status.endsWith('_COMPLETE')) {
      this.complete.add(event.logicalId);
    }
    const digits = String(this.total).length;
    const width = widthOf(this.out);
    const counter = `${String(Math.min(this.complete.size, this.total)).padStart(digits)}/${this.total}`;
    const status = event.status.slice(0, STATUS_WIDTH).padEnd(STATUS_WIDTH);
    const resourceType = event.resourceType.padEnd(TYPE_WIDTH);
    const id = cut(event.logicalId, width - [counter, status, resourceType, ''].join(' | ').length);
    const reason = isFailure(event.status) ? wrap(event.reason ?? '', width, '    ') : [];
    this.write(
      [
        [counter, colourOf(event.status)(status), resourceType, pc.bold(id)].join(' | '),
        ...reason.filter((line) => line.trim() !== '').map((line) => pc.red(line)),
      ].join('\n'),
    );
  };

  stop(): void {
    this.spinner?.stop();
  }

  private write(text: string): void {
    this.spinner?.clear();
    this.out.write(`${text}\n`);
    this.spinner?.render();
  }
}

function isFailure(status: string): boolean {
  return status.endsWith('_FAILED') || /ROLLBACK_(IN_PROGRESS|COMPLETE)$/.test(status);
}

function colourOf(status: string): (text: string) => string {
  if (status.endsWith('_FAILED')) {
    return pc.red;
  }
  if (status.includes('ROLLBACK')) {
    return pc.yellow;
  }
  return status.endsWith('_COMPLETE') ? pc.green : pc.blue;
}
