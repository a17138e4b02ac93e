import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { MonitoredProperties } from '../../lambda/monitor/contract';
import { assemblyOf } from '../cdk/assembly';
import type { ImportedKeys } from '../grants/imported-keys';
import type { SecretAccess } from '../grants/secret-access';
import type { Provider } from '../provider/provider';
import type { TargetFacts } from '../target/target-facts';

/** What the gate and monitors need to know of a test. */
export interface RegisteredTest extends IConstruct {
  readonly _facts: TargetFacts;
  /** Whether the connection is in a VPC, as it was read last; undefined where that is only known at deployment. */
  readonly _isInVpc: boolean | undefined;
  /** What runs the test. */
  readonly _provider: Provider;
  /** The test's resource in the template. */
  readonly _resource: CfnResource;
  /** Reads the connection again, and grants what the test needs by now. */
  _readAgain(keys: ImportedKeys): void;
  /** What a monitor repeats of the test. */
  readonly _repeated: MonitoredProperties;
  /** The secrets that the connection's credentials are in, as far as they are known by now. */
  _secrets(): SecretAccess[];
  /** Calls back when the connection's definition has come to need more than it did. */
  _observe(listener: () => void): void;
}

const TESTS = new WeakMap<IConstruct, RegisteredTest[]>();
const BY_CONNECTION = new WeakMap<IConstruct, RegisteredTest[]>();

/** Makes a test known to whoever asks for the tests of its assembly. */
export function register(test: RegisteredTest): void {
  const assembly = assemblyOf(test);
  const tests = TESTS.get(assembly) ?? [];
  TESTS.set(assembly, tests);
  tests.push(test);
  const { resource } = test._facts;
  if (resource !== undefined) {
    BY_CONNECTION.set(resource, [...testsOfResource(resource), test]);
  }
}

/** The tests that were given a connection of this app, in the order of their creation. */
export function testsOfResource(connection: IConstruct): readonly RegisteredTest[] {
  return BY_CONNECTION.get(connection) ?? [];
}

/** The tests of an app or a stage, without those of stages below it, in the order of their creation. */
export function testsOf(assembly: IConstruct): readonly RegisteredTest[] {
  return TESTS.get(assembly) ?? [];
}
