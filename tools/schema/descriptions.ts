import * as path from 'node:path';
import ts from 'typescript';

const LAMBDA = path.resolve(__dirname, '../../lambda');

/** What a contract says about a type's members: what it documents there, an editor shows to a template's author. */
export class Descriptions {
  /** Those of an interface that a contract exports. */
  static of(name: string, contractFile = 'contract.ts'): Descriptions {
    const file = path.join(LAMBDA, contractFile);
    // Nothing but what is declared in the file itself matters.
    const program = ts.createProgram([file], { strict: true, noLib: true, noResolve: true, types: [] });
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(file);
    const contract = source && checker.getSymbolAtLocation(source);
    const declared = contract && checker.getExportsOfModule(contract).find((symbol) => symbol.name === name);
    if (declared === undefined) {
      throw new Error(`'${name}' is not exported by ${file}`);
    }
    const summary = textOf(declared, checker);
    return new Descriptions(file, name, summary, checker, checker.getDeclaredTypeOfSymbol(declared));
  }

  private constructor(
    private readonly file: string,
    private readonly path: string,
    /** What the contract says about the type itself. */
    readonly summary: string,
    private readonly checker: ts.TypeChecker,
    private readonly type: ts.Type,
  ) {}

  /** @throws an error when the contract has no such member, or doesn't document it */
  textOf(name: string): string {
    const text = textOf(this.symbolOf(name), this.checker);
    if (text === '') {
      throw new Error(`'${this.path}.${name}' must have a doc comment in ${this.file}`);
    }
    return text;
  }

  /** Those of what a member holds. */
  within(name: string): Descriptions {
    const symbol = this.symbolOf(name);
    const type = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(symbol));
    return new Descriptions(this.file, `${this.path}.${name}`, textOf(symbol, this.checker), this.checker, type);
  }

  private symbolOf(name: string): ts.Symbol {
    const symbol = this.checker.getPropertyOfType(this.type, name);
    if (symbol === undefined) {
      throw new Error(`'${this.path}.${name}' is not in ${this.file}`);
    }
    return symbol;
  }
}

function textOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ');
}
