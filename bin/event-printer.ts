import type { StackEvent } from '@cdk-glue-connection-test/local-cloud';
import ora, { type Ora } from 'ora';
import pc from 'picocolors';

/** Prints a stack's events as they happen, in the columns and colours of `cdk deploy`. */
export class EventPrinter {
  private readonly complete = new Set<string>();
  private readonly spinner: Ora | undefined;

  /**
   * @param total how many resources the stack has
   * @param out where to; a terminal also gets a spinner
   */
  constructor(
    private readonly stackName: string,
    private readonly total: number,
    private readonly out: NodeJS.WriteStream = process.stdout,
  ) {
    // A terminal that has no width, as some recorders give, is no place for a spinner.
    const isTerminal = out.isTTY && out.columns > 0;
    this.spinner = isTerminal ? ora({ stream: out, text: `${stackName}: deploying…` }).start() : undefined;
  }

  readonly print = (event: StackEvent): void => {
    const isStack = event.resourceType === 'AWS::CloudFormation::Stack';
    if (!isStack && event.status.endsWith('_COMPLETE')) {
      this.complete.add(event.logicalId);
    }
    const digits = String(this.total).length;
    const [firstLine = '', ...otherLines] = (event.reason ?? '').split('\n');
    const columns = [
      this.stackName,
      `${String(Math.min(this.complete.size, this.total)).padStart(digits)}/${this.total}`,
      event.timestamp.toLocaleTimeString('en-GB'),
      colourOf(event.status)(event.status.padEnd(20)),
      event.resourceType.padEnd(27),
      `${pc.bold(event.logicalId)} ${isFailure(event.status) ? pc.red(firstLine) : firstLine}`.trimEnd(),
    ];
    this.write([columns.join(' | '), ...otherLines.map((line) => `    ${pc.red(line)}`)].join('\n'));
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
