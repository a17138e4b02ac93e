import { bundle } from '../lambda/bundle';

/** Tests run against the handler as it is built from the sources beside them. */
export default async function globalSetup(): Promise<void> {
  await bundle();
}
