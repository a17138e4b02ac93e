import { Command, CommanderError, Option } from 'commander';
import * as path from 'node:path';
import { UsageError } from './usage-error';
import { selectsAnything, type Options } from './options';
import { duration, roleArn, text, wholeNumber } from './values';

const EXAMPLES = `
Examples:
  $ glue-connection-test orders sales             two connections
  $ glue-connection-test 'prod-*' --type JDBC     those of a name and a type
  $ glue-connection-test --all --junit report.xml all of the Region, with a report for CI
  $ glue-connection-test --app cdk.out            what a synthesized CDK app defines and has deployed

Exit codes:
  0  all passed
  1  a connection failed
  2  nothing was tested: wrong usage, no credentials, or nothing found; or a report can't be written
  130  interrupted by Ctrl-C; what had ended is reported
  143  ended by SIGTERM; what had ended is reported`;

/** What to do after the command line was read. */
export type Instruction = { readonly options: Options } | { readonly exitCode: number };

/**
 * Reads the command line. Prints the help or the version itself.
 *
 * @throws UsageError with what is wrong
 */
export function readArguments(args: readonly string[], version: string): Instruction {
  const program = createProgram(version);
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      return { exitCode: 0 };
    }
    throw error instanceof CommanderError ? new UsageError(sentenceOf(error)) : error;
  }
  const switches = { all: false, json: false, quiet: false };
  const options: Options = { names: program.args, ...switches, ...program.opts<Omit<Options, 'names'>>() };
  checkTogether(options);
  if (!selectsAnything(options)) {
    program.outputHelp({ error: true });
    return { exitCode: 2 };
  }
  return { options };
}

function createProgram(version: string): Command {
  return new Command('glue-connection-test')
    .description('Tests AWS Glue connections, and says what to repair.')
    .argument('[names...]', "names of connections; '*' and '?' stand for other characters")
    .option('--all', 'test all connections of the Region')
    .option('--filter <pattern>', 'only connections whose name matches', text)
    .option('--type <type>', 'only connections of this type, such as JDBC', text)
    .option('--app <folder>', 'test the deployed connections of a synthesized CDK app, such as cdk.out', text)
    .option('--region <region>', 'the AWS Region', text)
    .option('--profile <profile>', 'the profile of the AWS configuration', text)
    .option('--role-arn <arn>', 'test as this role, such as that of the deployed function', roleArn)
    .option('--catalog-id <id>', 'the Data Catalog that holds the connections', text)
    .addOption(number('--concurrency <number>', 'how many to test at once, 1 to 100', 5, wholeNumber(1, 100)))
    .addOption(number('--timeout <time>', 'for all attempts at one connection, 1s to 1h', 300, duration, '5m'))
    .addOption(
      number(
        '--max-attempts <number>',
        "attempts at a data store that can't be reached, 1 to 10",
        3,
        wholeNumber(1, 10),
      ),
    )
    .option('--no-diagnosis', "don't examine the network of a connection that fails")
    .option('--json', 'print the report as JSON')
    .option('--junit <file>', 'write the report for CI as JUnit XML; - is the standard output', text)
    .option('--markdown <file>', 'write the report as Markdown; - is the standard output', text)
    .option('--quiet', 'print failures only')
    .option('--no-color', 'print without colors')
    .version(version)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
}

function number(
  flags: string,
  description: string,
  usual: number,
  parse: (given: string) => number,
  shown = String(usual),
): Option {
  return new Option(flags, description).default(usual, shown).argParser(parse);
}

/** Makes one sentence of commander's message, which may have a suggestion or what was expected behind it. */
function sentenceOf({ message }: CommanderError): string {
  return message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .replace(/^option '(\S+) <[^']*' argument '(.*)' is invalid\. Must be (.*?)\.?$/, "$1 must be $3, not '$2'")
    .replace(/^option '(\S+) <(file|folder)>' argument (missing|.* is invalid\. Needs a value)/, '$1 needs a $2')
    .replace(/^option '(\S+) <[^']*' argument (missing|.* is invalid\. Needs a value)/, '$1 needs a value')
    .replace(/ \(Did you mean (.*?)\?\)$/, '; did you mean $1?')
    .replace(/\.$/, '');
}

/** @throws UsageError for options that exclude each other */
function checkTogether({ json, junit, markdown }: Options): void {
  const toOutput = [
    json ? '--json' : '',
    junit === '-' ? '--junit -' : '',
    markdown === '-' ? '--markdown -' : '',
  ].filter((option) => option !== '');
  const files = [junit, markdown].flatMap((file) => (file === undefined ? [] : [path.resolve(file)]));
  if (toOutput.length > 1) {
    throw new UsageError(`${toOutput.join(' and ')} exclude each other, because the standard output takes one report`);
  }
  if (new Set(files).size < files.length) {
    throw new UsageError('--junit and --markdown need different files');
  }
}
