import { writeFileSync } from 'node:fs';
import { CREATE_ONLY_FILE } from './create-only';
import { createOnlyPaths } from './extract';

/** `npm run spec`: writes what local-cloud knows of replacement, anew from the specifications as installed. */
writeFileSync(CREATE_ONLY_FILE, `${JSON.stringify(createOnlyPaths(), undefined, 2)}\n`);
