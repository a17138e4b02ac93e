/** What the command line says, after its values were checked. */
export interface Options {
  /** Names of connections; those with `*` or `?` are patterns. */
  readonly names: readonly string[];
  readonly all: boolean;
  /** Only connections whose names match. */
  readonly filter?: string;
  /** Only connections of this type. */
  readonly type?: string;
  /** The folder of a synthesized app. */
  readonly app?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly catalogId?: string;
  readonly concurrency: number;
  /** For all attempts at one connection, in seconds. */
  readonly timeout: number;
  readonly maxAttempts: number;
  /** Whether the network of a connection that fails is examined. */
  readonly diagnosis: boolean;
  /** Whether the report goes to the standard output as JSON. */
  readonly json: boolean;
  /** The file of the JUnit report; `-` is the standard output. */
  readonly junit?: string;
  /** The file of the Markdown report; `-` is the standard output. */
  readonly markdown?: string;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Whether anything was said about which connections to test. */
export function selectsAnything({ names, all, filter, type, app }: Options): boolean {
  return names.length > 0 || all || [filter, type, app].some((selection) => selection !== undefined);
}
