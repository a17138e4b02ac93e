import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { ValidationError } from '../errors';
import { splitAttribute } from './intrinsic';

/**
 * A template in YAML or JSON as CloudFormation reads it: `!Ref x` is `{ Ref: 'x' }`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function parseTemplateText(text: string): unknown {
  const document = parseDocument(text, {
    version: '1.1',
    // What looks like a date is a version of the template's or a policy's language.
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !tag.tag.endsWith(':timestamp')),
    logLevel: 'error',
  });
  const [error] = document.errors;
  if (error) {
    throw new ValidationError(`Template format error: ${error.message.split('\n', 1)[0] ?? ''}`);
  }
  return plain(document.contents, document);
}

function plain(node: unknown, document: Document): unknown {
  const value = contentOf(node, document);
  const name = /^!(\w+)$/.exec((node as Node | null)?.tag ?? '')?.[1];
  return name === undefined ? value : { [longName(name)]: name === 'GetAtt' ? attribute(value) : value };
}

function contentOf(node: unknown, document: Document): unknown {
  if (isMap(node)) {
    return Object.fromEntries(node.items.map(({ key, value }) => [String(key), plain(value, document)]));
  }
  if (isSeq(node)) {
    return node.items.map((item) => plain(item, document));
  }
  if (isAlias(node)) {
    return plain(node.resolve(document), document);
  }
  return isScalar(node) ? node.value : node;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
function longName(name: string): string {
  return ['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`;
}

function attribute(value: unknown): unknown {
  return typeof value === 'string' ? splitAttribute(value) : value;
}
