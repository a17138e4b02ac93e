export * from './connection-authentication';
export * from './connection-authentication-options';
export { ConnectionInput } from './connection-input';
export * from './connection-target';
export * from './connection-test';
export * from './connection-test-props';
export * from './connection-test-provider';
export * from './oauth2-client-application';
export { SecretReference, SecretReferenceOptions } from './secret-reference';
