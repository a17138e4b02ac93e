import { parse, type ScalarTag } from 'yaml';

/** A template in YAML or JSON as CloudFormation reads it: `!Ref x` is `{ Ref: 'x' }`. */
export function parseTemplate(text: string): unknown {
  return parse(text, { version: '1.1', customTags: (tags) => [...tags, ...SHORT_FORMS] }) as unknown;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const SHORT_FORMS = ['Ref', 'GetAtt', 'ImportValue', 'Sub'].map((name): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text) => {
    switch (name) {
      case 'Ref':
        return { Ref: text };
      case 'GetAtt':
        return { 'Fn::GetAtt': [text.slice(0, text.indexOf('.')), text.slice(text.indexOf('.') + 1)] };
      default:
        return { [`Fn::${name}`]: text };
    }
  },
}));
