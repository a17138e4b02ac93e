import type { TextlintRuleModule } from '@textlint/types';
import { split, SentenceSplitterSyntax } from 'sentence-splitter';
import { StringSource } from 'textlint-util-to-string';

/** Looks at one sentence, without its markup, and says what is wrong with it. */
export type Look = (sentence: string) => string | undefined;

/** A rule of textlint that looks at each sentence of paragraphs, lists and tables. Code counts as one word. */
export function eachSentence(look: Look): TextlintRuleModule {
  return ({ Syntax, report, RuleError }) => {
    const isCode = ({ type }: { readonly type: string }) => type === (Syntax.Code as string);
    const check = (node: Parameters<typeof report>[0]) => {
      // Both packages have types of their own for the same nodes.
      const source = new StringSource(node as never, {
        replacer: ({ node: part, maskValue }) => (isCode(part) ? maskValue('X') : undefined),
      });
      for (const { type, raw, range } of split(source.toString())) {
        const problem = type === SentenceSplitterSyntax.Sentence ? look(raw.replace(/X{2,}/g, 'CODE')) : undefined;
        if (problem !== undefined) {
          report(node, new RuleError(problem, { index: source.originalIndexFromIndex(range[0]) ?? 0 }));
        }
      }
    };
    return { [Syntax.Paragraph]: check, [Syntax.TableCell]: check };
  };
}
