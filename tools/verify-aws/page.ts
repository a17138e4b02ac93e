import { Files } from './files';

/** `npm run verify:aws:page`: fills the table of `docs/verify-aws.md` with what is in `test/integ/results.json`. */
new Files().writePage();
