import { TestBed } from './test-bed';

type Resources = Parameters<typeof import('./test-bed').templateOf>[0];

/** A test bed whose nested stacks find their templates by URL. */
export class NestedBed extends TestBed {
  readonly templates: Record<string, object>;

  constructor(templates: Record<string, object>) {
    super({
      templateAt: (url) => {
        if (!(url in templates)) {
          throw new Error(`S3 error: The specified key does not exist.`);
        }
        return templates[url];
      },
    });
    this.templates = templates;
  }

  /** Events of one stack, the others' being left out; a nested one's name is its logical id here. */
  historyOf(stackName: string): string[] {
    return this.events
      .filter((event) => shortName(event.stackName) === stackName)
      .map(
        ({ logicalId, status, reason }) => `${shortName(logicalId)} ${status}${reason ? ` (${short(reason)})` : ''}`,
      );
  }

  nestedId(logicalId = 'Nested', stackName = 'outer'): string {
    const resources = this.cloudFormation.describeStackResources(stackName);
    return resources.find((resource) => resource.logicalId === logicalId)?.physicalId ?? '';
  }

  statusOf(nameOrId: string): string | undefined {
    return this.cloudFormation.describeStack(nameOrId)?.status;
  }
}

/** Without what CloudFormation makes up at random. */
function shortName(name: string): string {
  return name.replace(/^(?:[A-Za-z]+-(?:[A-Za-z]+-[A-Z0-9]{12}-)*)([A-Za-z]+)-[A-Z0-9]{12}$/, '$1');
}

function short(reason: string): string {
  return reason.replace(/arn:aws:cloudformation:\S+/, 'ARN');
}

/** The declaration of a nested stack, for `templateOf`. */
export function nested(TemplateURL: string, Parameters?: object, attributes: object = {}): Resources[string] {
  return { Type: 'AWS::CloudFormation::Stack', TemplateURL, ...(Parameters && { Parameters }), ...attributes };
}
