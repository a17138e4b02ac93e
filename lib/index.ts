export * from './target/connection-authentication';
export * from './target/connection-authentication-options';
export { ConnectionInput } from './target/connection-input';
export * from './target/connection-target';
export { ConnectionNameOptions, ExistingConnectionOptions } from './target/connection-target-options';
export * from './connection-test/connection-test';
export {
  ConnectionTestOptions,
  ConnectionTestProps,
  OnFailure,
  OnUnsupported,
} from './connection-test/connection-test-props';
export * from './provider/connection-test-provider';
export * from './provider/connection-test-provider-props';
export * from './connection-test/connection-tests';
export { ApplyToOptions } from './connection-test/apply-to-options';
export { OAuth2ClientApplication, UserManagedClientApplicationOptions } from './target/oauth2-client-application';
export { ImportedProviderOptions } from './provider/imported-provider';
export { IConnectionTestProvider } from './provider/provider';
export { SecretReference, SecretReferenceOptions } from './secrets/secret-reference';
export { ConnectionMonitor } from './monitor/connection-monitor';
export { ConnectionMonitorOptions, ConnectionMonitorProps } from './monitor/connection-monitor-props';
export { IConnectionMonitor } from './monitor/monitor';
export { ConnectionSweep } from './sweep/connection-sweep';
export { ConnectionSweepProps } from './sweep/connection-sweep-props';
