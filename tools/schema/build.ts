import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PropertiesSchema } from './properties-schema';

/** `npm run schema`: writes what the handler takes into the file that editors read. */
async function main(): Promise<void> {
  const filepath = path.resolve(__dirname, '../../schema/custom-glue-connection-test.schema.json');
  const schema = JSON.stringify(PropertiesSchema.inTemplate());
  writeFileSync(filepath, await format(schema, { ...(await resolveConfig(filepath)), filepath }));
}

void main();
