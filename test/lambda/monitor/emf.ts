import Ajv from 'ajv';
import type { LogEntry } from '../black-box';

const name = { type: 'string', minLength: 1, maxLength: 255 };

const UNITS = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'None'],
  ...['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits', 'Kilobits', 'Megabits', 'Gigabits'],
  ...['Terabits', 'Bytes/Second', 'Kilobytes/Second', 'Megabytes/Second', 'Gigabytes/Second', 'Terabytes/Second'],
  ...['Bits/Second', 'Kilobits/Second', 'Megabits/Second', 'Gigabits/Second', 'Terabits/Second', 'Count/Second'],
];

/**
 * What the JSON schema that AWS publishes for the embedded metric format requires, where its versions differ the narrowest.
 * CloudWatch itself can't be run here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const SCHEMA = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      additionalProperties: false,
      properties: {
        Timestamp: { type: 'integer' },
        CloudWatchMetrics: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            additionalProperties: false,
            properties: {
              Namespace: name,
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', minItems: 0, maxItems: 9, items: name },
              },
              Metrics: {
                type: 'array',
                maxItems: 100,
                items: {
                  type: 'object',
                  required: ['Name'],
                  additionalProperties: false,
                  properties: { Name: name, Unit: { enum: UNITS } },
                },
              },
            },
          },
        },
      },
    },
  },
};

const validate = new Ajv({ allErrors: true }).compile(SCHEMA);

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
}

/** What is wrong with the metrics of a log entry, by the schema and by what the specification says in words beside it. */
export function emfProblems(entry: LogEntry): string[] {
  if (!validate(entry)) {
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }
  const { Timestamp, CloudWatchMetrics } = entry._aws as { Timestamp: number; CloudWatchMetrics: Directive[] };
  const age = Date.now() - Timestamp;
  return [
    // CloudWatch takes no metrics that are older than two weeks, or two hours ahead.
    ...(age >= 0 && age < 60_000 ? [] : [`Timestamp is ${age} ms ago`]),
    ...CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) => [
      ...Dimensions.flat()
        .filter((key) => typeof entry[key] !== 'string' || !/^[\x20-\x7E]{1,1024}$/.test(entry[key]))
        .map((key) => `the dimension ${key} has no ASCII text at the root`),
      ...Metrics.filter(({ Name }) => typeof entry[Name] !== 'number').map(({ Name }) => `${Name} is no number`),
    ]),
  ];
}

/** The metrics of a log entry as CloudWatch would have them. */
export function metricsIn(entry: LogEntry): object[] {
  const { CloudWatchMetrics } = (entry._aws ?? { CloudWatchMetrics: [] }) as { CloudWatchMetrics: Directive[] };
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.map(({ Name, Unit }) => ({
      metric: `${Namespace} ${Name}`,
      unit: Unit,
      dimensions: Dimensions.map((keys) => Object.fromEntries(keys.map((key) => [key, entry[key]]))),
      value: entry[Name],
    })),
  );
}
