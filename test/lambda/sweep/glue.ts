import { exception, output, pass, type AwsStub, type Reply } from '../aws-stub';

export interface Listed {
  readonly Name: string;
  readonly ConnectionType?: string;
}

/** A Glue that has these connections, and lists them in pages, in the order in which they are given. */
export function haveConnections(aws: AwsStub, connections: readonly Listed[]): void {
  aws.replies.set('GetConnections', ({ MaxResults, NextToken = '0' }) => {
    const from = Number(NextToken);
    const to = from + Number(MaxResults);
    return output({
      ConnectionList: connections.slice(from, to).map((one) => ({ ConnectionType: 'JDBC', ...one })),
      ...(to < connections.length && { NextToken: String(to) }),
    });
  });
}

export const REFUSED = exception('InvalidInputException', 'FATAL: password authentication failed for user "orders"');
export const UNREACHABLE = exception('InvalidInputException', 'Communications link failure');

/** What Glue says of some connections; the others pass. */
export function answerTests(aws: AwsStub, replyTo: (name: string) => Reply | undefined): void {
  aws.replies.set('TestConnection', ({ ConnectionName }) => replyTo(String(ConnectionName)) ?? pass);
}

export const named = (...names: string[]): Listed[] => names.map((Name) => ({ Name }));
