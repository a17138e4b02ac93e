import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const FIELDS = '@timestamp, connectionName, category, said, cause, nextStep';

/**
 * A Logs Insights query for the last failures in the logs of functions, with the cause and the next step.
 *
 * @param connectionName of which connection; of all if it is left out
 */
export function failuresQuery(connectionName?: string): string[] {
  const ofConnection =
    connectionName === undefined ? '' : ` and connectionName = "${connectionName.replace(/["\\]/g, '\\$&')}"`;
  return [`fields ${FIELDS}`, `filter event = "connection failed"${ofConnection}`, 'sort @timestamp desc', 'limit 50'];
}

/**
 * A link to a query in CloudWatch's console. AWS doesn't document the form of such links: it is the one that the console
 * itself makes.
 *
 * @param scope in whose Region the logs are
 */
export function linkToQuery(scope: Construct, query: readonly string[], logGroupNames: readonly string[]): string {
  const { region } = Stack.of(scope);
  const groups = logGroupNames.map((name) => `~'${encoded(name)}`).join('');
  const detail =
    `~(end~0~start~-604800~timeType~'RELATIVE~unit~'seconds~editorString~'${encoded(query.join(' | '))}` +
    `~source~(${groups}))`;
  return `https://${region}.${consoleIn(region)}/cloudwatch/home?region=${region}#logsV2:logs-insights$3FqueryDetail$3D${detail}`;
}

function consoleIn(region: string): string {
  if (!Token.isUnresolved(region) && region.startsWith('cn-')) {
    return 'console.amazonaws.cn';
  }
  return !Token.isUnresolved(region) && region.startsWith('us-gov-')
    ? 'console.amazonaws-us-gov.com'
    : 'console.aws.amazon.com';
}

/** What is only known at deployment stays as it is: names that CloudFormation makes have no special characters. */
function encoded(text: string): string {
  return text
    .split(/(\$\{Token\[[^\]]*\]\})/)
    .map((part) =>
      Token.isUnresolved(part)
        ? part
        : encodeURIComponent(part)
            .replace(/['()~!]/g, hexadecimal)
            .replace(/\*/g, '%2A')
            .replace(/%/g, '*'),
    )
    .join('');
}

function hexadecimal(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
