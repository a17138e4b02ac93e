import type { Signature } from '../diagnosis';
import { PROPERTIES } from './links';

/** What Glue says of the definition alone, before it connects. */
export const DEFINITION: readonly Signature[] = [
  {
    anyOf: ['only supported for unified connections'],
    category: 'UNSUPPORTED',
    cause: 'Glue cannot test this connection.',
    nextStep: "Set 'OnUnsupported' to WARN to deploy it untested, or test it with a job of its own.",
    link: 'https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html',
  },
  {
    anyOf: ['no enum constant com.amazonaws'],
    category: 'INVALID_INPUT',
    cause: 'Glue does not know the type of this connection.',
    nextStep: "Correct the connection's ConnectionType.",
    link: PROPERTIES,
  },
  {
    anyOf: [/mongo.{0,80}connection url is not supported/],
    category: 'CONFIGURATION',
    cause: 'The MongoDB or DocumentDB URL has the wrong form.',
    nextStep: 'Use mongodb://HOST:PORT/DATABASE.',
    link: `${PROPERTIES}#connection-properties-mongodb`,
  },
  {
    anyOf: ['invalid kafka connection parameters'],
    category: 'CONFIGURATION',
    cause: 'Properties of the Kafka connection are missing or do not fit each other.',
    nextStep: 'Check KAFKA_BOOTSTRAP_SERVERS and the properties of its authentication.',
    link: PROPERTIES,
  },
  {
    anyOf: ['authentication type needs to be used'],
    category: 'CONFIGURATION',
    cause: 'This type of connection needs an AuthenticationConfiguration.',
    nextStep: 'Set AuthenticationConfiguration with the type that Glue names.',
    link: PROPERTIES,
  },
];
