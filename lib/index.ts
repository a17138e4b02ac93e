export * from './connection-target';
export * from './connection-test';
export * from './connection-test-props';
export * from './connection-test-provider';
