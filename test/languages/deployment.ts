import { LocalCloud, PostgresServer, type StackEvent } from '@cdk-glue-connection-test/local-cloud';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { JDBC_URL, SECRET_NAME, STACK_NAME } from './orders-app';

/** Deploys a synthesized orders app twice: with the right password, then with a wrong one, which must fail. */
export async function deployBoth(assembly: string): Promise<void> {
  const password = randomBytes(12).toString('base64url');
  const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
  try {
    const template = path.join(assembly, `${STACK_NAME}.template.json`);
    const url = `jdbc:postgresql://${database.host}:${database.port}/orders`;
    writeFileSync(template, readFileSync(template, 'utf8').replaceAll(JDBC_URL, url));

    const good = await deploy(assembly, password);
    assert.equal(good.status, 'CREATE_COMPLETE');
    assert.ok(good.has('AWS::Glue::Job'), 'the job has been created');
    assert.ok(good.has('AWS::Glue::Workflow'), 'the workflow has been created');

    const broken = await deploy(assembly, 'wrong');
    assert.equal(broken.status, 'ROLLBACK_COMPLETE');
    assert.match(broken.reason, /Glue connection '[^']+' failed its test: CREDENTIALS\.\n/);
    assert.match(broken.reason, /password authentication failed for user "orders"/);
    assert.ok(!broken.has('AWS::Glue::Job'), 'the job has not been touched');
    assert.ok(!broken.has('AWS::Glue::Workflow'), 'the workflow has not been touched');
  } finally {
    await database.stop();
  }
}

async function deploy(assembly: string, password: string) {
  const events: StackEvent[] = [];
  const cloud = await LocalCloud.start({ onEvent: (event) => events.push(event) });
  try {
    cloud.secretsManager.create(SECRET_NAME, JSON.stringify({ username: 'orders', password }));
    const { status } = await cloud.deploy(assembly, STACK_NAME);
    const failure = events.find((event) => event.status.endsWith('_FAILED'));
    return {
      status,
      reason: failure?.reason ?? '',
      has: (type: string) => events.some(({ resourceType }) => resourceType === type),
    };
  } finally {
    await cloud.stop();
  }
}
