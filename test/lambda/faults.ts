import type { Category } from '../../lambda/contract';
import { exception, raw, type Reply } from './aws-stub';

/** How often an attempt is made when each one fails. */
export type Persistence = 'once' | 'three times' | 'while there is time';

export interface Fault {
  readonly name: string;
  readonly reply: Reply;
  /** What the answer has to call it. */
  readonly category: Category;
  readonly persistence: Persistence;
  /** What the answer has to say. */
  readonly says: string;
}

/** Begins and ends every secret of these tests, so that a part of one is found as well. */
export const SECRET_ENDS = ['S3cr3t', 'Th3T4il'] as const;

/** A password that the event itself holds, with what URLs, JSON and sentences treat in a special way. */
export const KNOWN_SECRET = 'S3cr3t ä"\\%/;,&@+Th3T4il';

/** One that can be told only by what stands around it. */
const SECRET = 'S3cr3t-xyz-Th3T4il';

/** What Glue may repeat. */
const LEAKS = [
  KNOWN_SECRET,
  encodeURIComponent(KNOWN_SECRET),
  encodeURIComponent(KNOWN_SECRET).replaceAll('%20', '+'),
  JSON.stringify(KNOWN_SECRET),
  `jdbc:postgresql://user:${SECRET}@db.example.com:5432/orders`,
  encodeURIComponent(`jdbc:mysql://user:${SECRET}@db.example.com/orders`),
  `jdbc:oracle:thin:user/${SECRET}@db.example.com:1521:orders`,
  `jdbc:sqlserver://db.example.com;user=sa;password=${SECRET};encrypt=true`,
  `{"PASSWORD":"${SECRET}"}`,
].join(' ');

const SHORT_WORDS = `Glue's own words: ${LEAKS}`;
/** Longer than what is passed on, in letters that take six bytes each, and with a secret where the quotation ends. */
const WORDS = `${SHORT_WORDS}${'\u0001'.repeat(990 - SHORT_WORDS.length)}${KNOWN_SECRET}${'\u0001'.repeat(100)}`;
const HTML = `<!DOCTYPE html><html><body>password=${SECRET} ${KNOWN_SECRET}</body></html>`;
const STATUS_LINE = 'HTTP/1.1 200 OK\r\n';
const LENGTH = (bytes: number) => `${STATUS_LINE}Content-Length: ${bytes}\r\n\r\n`;

/** An exception of Glue, known by name. */
function thrown(
  name: string,
  category: Category,
  persistence: Persistence,
  { says = "Glue's own words", words = WORDS, statusCode = 400, extra = {} } = {},
): Fault {
  return { name, category, persistence, says, reply: exception(name, words, statusCode, extra) };
}

/** What HTTP or the network makes of a call; it may pass with the next. */
function answered(name: string, reply: Reply, category: Category, says: string): Fault {
  return { name, reply, category, says, persistence: 'while there is time' };
}

/** One attempt takes all the time that there is. */
function endless(name: string, reply: Reply): Fault {
  return { name, reply, category: 'TIMEOUT', says: 'Glue did not answer within', persistence: 'once' };
}

/** A reply that is broken below HTTP: what is sent of it, and how the connection ends. */
function broken(sent: string, end: 'reset' | 'close' | 'never'): Reply {
  return (_, socket) => {
    socket.write(sent);
    if (end === 'close') {
      socket.end();
    } else if (end === 'reset') {
      // Later, so that the client has read what was sent.
      setTimeout(() => socket.resetAndDestroy(), 30);
    }
  };
}

const slowDrip: Reply = (response, socket) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 100);
  socket.on('close', () => clearInterval(timer));
};

/** Everything that can happen to a call of Glue. */
export const FAULTS: readonly Fault[] = [
  // The exceptions that TestConnection is documented to throw
  thrown('InvalidInputException', 'INVALID_INPUT', 'once'),
  thrown('OperationTimeoutException', 'TIMEOUT', 'while there is time'),
  thrown('ResourceNumberLimitExceededException', 'RESOURCE_LIMIT', 'while there is time'),
  thrown('GlueEncryptionException', 'ENCRYPTION', 'once'),
  thrown('FederationSourceException', 'FEDERATION_SOURCE', 'once', {
    words: SHORT_WORDS,
    extra: { FederationSourceErrorCode: 'PartialFailure' },
    says: '(PartialFailure)',
  }),
  thrown('AccessDeniedException', 'ACCESS_DENIED', 'while there is time'),
  thrown('EntityNotFoundException', 'NOT_FOUND', 'while there is time'),
  thrown('ConflictException', 'CONFLICT', 'while there is time'),
  thrown('InternalServiceException', 'SERVICE_FAULT', 'while there is time', { statusCode: 500 }),
  // Others
  thrown('ThrottlingException', 'THROTTLED', 'while there is time'),
  thrown('NeverHeardOfException', 'UNKNOWN', 'once'),
  {
    name: 'a data store that refuses connections',
    reply: exception('InvalidInputException', `Connection refused. ${WORDS}`),
    category: 'UNREACHABLE',
    persistence: 'three times',
    says: 'Connection refused',
  },
  // HTTP; what there is no word for has to say nothing.
  answered('403', raw(403), 'ACCESS_DENIED', ''),
  answered('408', raw(408), 'NETWORK', ''),
  answered('429', raw(429), 'THROTTLED', ''),
  answered('500 without a body', raw(500), 'SERVICE_FAULT', ''),
  answered('503 with HTML', raw(503, HTML), 'SERVICE_FAULT', 'JSON'),
  answered('503 with a secret', raw(503, `${KNOWN_SECRET} is refused by the proxy`), 'SERVICE_FAULT', 'JSON'),
  answered('200 with HTML', raw(200, HTML), 'SERVICE_FAULT', 'JSON'),
  answered('200 with no text', raw(200, Buffer.from('fffe00c3289080', 'hex')), 'SERVICE_FAULT', 'JSON'),
  answered('a body longer than its length', broken(`${LENGTH(1)}{}`, 'close'), 'SERVICE_FAULT', 'JSON'),
  // The network; what Node says of a reset depends on the moment.
  answered('a body shorter than its length', broken(`${LENGTH(1000)}{`, 'close'), 'NETWORK', 'aborted'),
  answered('a reset before the headers', broken('', 'reset'), 'NETWORK', ''),
  answered('a reset amid the headers', broken(STATUS_LINE, 'reset'), 'NETWORK', ''),
  answered('a reset amid the body', broken(`${LENGTH(1000)}{`, 'reset'), 'NETWORK', ''),
  endless('silence', () => undefined),
  endless('silence amid the body', broken(`${LENGTH(1000)}{`, 'never')),
  endless('a slow drip', slowDrip),
];
