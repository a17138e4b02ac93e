import { randomBytes } from 'node:crypto';
import { PostgresServer } from '../local-cloud/database/postgres';
import { ENVIRONMENT } from '../local-cloud/environment';
import { LocalCloud } from '../local-cloud/local-cloud';

async function main(): Promise<void> {
  const cloud = await LocalCloud.start();
  await cloud.bootstrap();
  const password = randomBytes(12).toString('base64url');
  const database = await PostgresServer.start({ user: 'orders', password, database: 'orders' });
  const keys = cloud.administrator();
  console.log(`export AWS_ENDPOINT_URL=${cloud.endpointUrl}`);
  console.log(`export AWS_ACCESS_KEY_ID=${keys.AWS_ACCESS_KEY_ID} AWS_SECRET_ACCESS_KEY=${keys.AWS_SECRET_ACCESS_KEY}`);
  console.log(`export AWS_REGION=${ENVIRONMENT.region}`);
  console.log(`# ${database.port} ${password}`);
}

void main();
