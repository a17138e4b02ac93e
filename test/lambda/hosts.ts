import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { handler } from '../../lambda/index';
import { inOneFile } from '../../tools/template/one-file';

export const BUNDLE = path.resolve(__dirname, '../../lambda/dist/index.js');

/** What the function finds around it. */
export interface Surroundings {
  readonly awsUrl: string;
  /** More variables, or others; undefined takes one away. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whose servers it trusts. */
  readonly caCertificate: string;
  /** What Math.random always returns, if it is not to be random. */
  readonly random: number | undefined;
  /** Whether its code is one file, as a template holds it. */
  readonly inTemplate: boolean;
  /** Takes what it writes to its log. */
  readonly onLog: (text: string) => void;
}

/** How a run has ended. */
export interface Ended {
  /** What the handler returned, as it leaves Lambda. */
  readonly result?: unknown;
  /** What it threw. */
  readonly error?: string;
  /** The same by its parts, if it was an error. */
  readonly thrown?: { readonly name: string; readonly message: string; readonly stack?: string };
}

/** Runs the built bundle, for any number of events at once. */
export interface Host {
  /** Resolves when the handler has ended, with what it threw; rejects when it can't end any more. */
  run(id: string, event: unknown, remainingMs: number): Promise<Ended>;
  stop(): void;
}

type StartHost = (surroundings: Surroundings) => Promise<Host>;

function environment({ awsUrl, environment: others }: Surroundings): NodeJS.ProcessEnv {
  const variables: Readonly<Record<string, string | undefined>> = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'SECRET-KEY-OF-THE-FUNCTION',
    AWS_SESSION_TOKEN: 'TOKEN-OF-THE-FUNCTION',
    // Not AWS_ENDPOINT_URL, by which emulators tell that they are no AWS.
    AWS_ENDPOINT_URL_CLOUDFORMATION: awsUrl,
    AWS_ENDPOINT_URL_EC2: awsUrl,
    AWS_ENDPOINT_URL_GLUE: awsUrl,
    AWS_ENDPOINT_URL_SCHEDULER: awsUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: awsUrl,
    AWS_ENDPOINT_URL_SFN: awsUrl,
    AWS_ENDPOINT_URL_STS: awsUrl,
    ...others,
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

/** A process of its own, as in Lambda, with the function's code alone in its folder. */
const startProcess: StartHost = async (surroundings) => {
  const { caCertificate, random, inTemplate, onLog } = surroundings;
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-handler-'));
  const bundle = path.join(folder, 'index.js');
  const certificate = path.join(folder, 'ca.pem');
  const built = path.dirname(BUNDLE);
  if (inTemplate) {
    const read = (file: string) => readFileSync(path.join(built, file), 'utf8');
    writeFileSync(bundle, inOneFile(read('index.js'), { './diagnosis.js': read('diagnosis.js') }));
  } else {
    cpSync(built, folder, { recursive: true });
  }
  writeFileSync(certificate, caCertificate);
  const worker = spawn(process.execPath, [path.join(__dirname, 'worker.js'), bundle], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...environment(surroundings),
      NODE_EXTRA_CA_CERTS: certificate,
      ...(random === undefined ? {} : { RANDOM: String(random) }),
    },
  });
  worker.stdout?.setEncoding('utf8').on('data', onLog);
  worker.setMaxListeners(0);
  await new Promise((resolve) => worker.once('message', resolve));
  return {
    run: (id, event, remainingMs) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          worker.off('message', onMessage).off('exit', onExit);
          settle();
        };
        const onMessage = ({ id: ended, ...how }: Ended & { id: string }) => {
          if (ended === id) {
            end(() => resolve(how));
          }
        };
        const onExit = () => end(() => reject(new Error('the process that runs the handler has ended')));
        worker.on('message', onMessage).once('exit', onExit);
        worker.send({ id, event, remainingMs });
      }),
    stop: () => {
      worker.disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Jest's own process: there, mutants can be switched on, and it is seen which of them a test meets. */
const startHere: StartHost = (surroundings) => {
  const { caCertificate, random, onLog } = surroundings;
  const variables = environment(surroundings);
  Object.assign(process.env, variables);
  if (variables.DNS !== undefined) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- it is one for a process of its own
    (require('./fake-dns') as { installDns: (table: unknown) => void }).installDns(JSON.parse(variables.DNS));
  }
  const { request } = https;
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      onLog(String(chunk));
      return true;
    }),
    // NODE_EXTRA_CA_CERTS is read only when a process starts.
    jest
      .spyOn(https, 'request')
      .mockImplementation(((url: URL, options: https.RequestOptions) =>
        request(url, { ...options, ca: caCertificate })) as never),
    ...(random === undefined ? [] : [jest.spyOn(Math, 'random').mockReturnValue(random)]),
  ];
  const loaded = loadBundle();
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { contextOf, thrown } = require('./context') as {
    contextOf: (id: string, remainingMs: number) => Parameters<typeof handler>[1];
    thrown: (error: unknown) => Ended;
  };
  return Promise.resolve({
    run: (id, event, remainingMs) => {
      // A copy, as it comes to Lambda.
      return loaded.handler(JSON.parse(JSON.stringify(event)), contextOf(id, remainingMs)).then(
        (result) => ({ result }),
        (error: unknown) => thrown(error),
      );
    },
    stop: () => {
      for (const spy of spies) {
        spy.mockRestore();
      }
      for (const name of Object.keys(variables)) {
        Reflect.deleteProperty(process.env, name);
      }
    },
  });
};

/** Each time anew, since it looks at chance when it is loaded. */
function loadBundle(): { readonly handler: typeof handler } {
  let loaded: unknown;
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    loaded = require(BUNDLE);
  });
  return loaded as { readonly handler: typeof handler };
}

export const startHost: StartHost = process.env.HANDLER_IN_PROCESS === undefined ? startProcess : startHere;
