import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { PropertiesSchema } from './properties-schema';

const SCHEMAS = {
  'custom-glue-connection-test.schema.json': PropertiesSchema.inTemplate(),
  'custom-glue-connection-sweep.schema.json': PropertiesSchema.ofSweepInTemplate(),
};

/** `npm run schema`: writes what the handler takes into the files that editors read. */
async function main(): Promise<void> {
  for (const [file, schema] of Object.entries(SCHEMAS)) {
    const filepath = path.resolve(__dirname, '../../schema', file);
    writeFileSync(filepath, await format(JSON.stringify(schema), { ...(await resolveConfig(filepath)), filepath }));
  }
}

void main();
