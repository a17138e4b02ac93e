import { ServiceError } from '../service-error';
import { parse, type StructureShape } from './constraints';

/** @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-common.html#aws-glue-api-regex-oneLine */
const NAMED: StructureShape = {
  type: 'structure',
  members: {
    Name: { type: 'string', min: 1, max: 255, pattern: /^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}\t]*$/u },
  },
  required: ['Name'],
};

/** The entities of one kind that Glue keeps by name. What they name, such as a job's connections, need not exist. */
export class GlueEntities<T extends { readonly Name: string }> {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, T>();

  constructor(
    private readonly kind: string,
    private readonly notFound: (name: string) => string,
  ) {}

  /** @throws ServiceError AlreadyExistsException */
  create(entity: T): void {
    parse(NAMED, { Name: entity.Name });
    if (this.records.has(entity.Name)) {
      throw new ServiceError('AlreadyExistsException', `${this.kind} already exists.`);
    }
    this.put(entity);
  }

  /** @throws ServiceError EntityNotFoundException */
  update(entity: T): void {
    this.get(entity.Name);
    this.put(entity);
  }

  put(entity: T): void {
    this.records.set(entity.Name, entity);
  }

  find(name: string): T | undefined {
    return this.records.get(name);
  }

  /** @throws ServiceError EntityNotFoundException */
  get(name: string): T {
    const entity = this.find(name);
    if (entity === undefined) {
      throw new ServiceError('EntityNotFoundException', this.notFound(name));
    }
    return entity;
  }

  /** None of that name is as good as deleted. */
  delete(name: string): void {
    this.records.delete(name);
  }
}
