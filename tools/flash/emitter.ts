import ts from 'typescript'
import type { ActionCode, Label } from './action-code.ts'

/** What `break` and `continue` mean at a place of the source. */
export interface Loop {
  readonly break: Label
  /** Left out for a switch. */
  readonly continue: Label | undefined
  /** The names that a `for ... in` has not come to yet lie on the stack. */
  readonly isEnumeration: boolean
}

/** What the rules for the kinds of statements and expressions share. */
export interface Emitter {
  readonly code: ActionCode
  readonly loops: Loop[]
  /** Several statements; functions among them are there from the beginning. */
  body(statements: readonly ts.Statement[]): void
  statement(node: ts.Statement): void
  /** An expression whose value stays on the stack. */
  expression(node: ts.Expression): void
  /** An expression whose value nobody wants. */
  effect(node: ts.Expression): void
  /** Puts a function on the stack; one with a name becomes a variable instead. */
  function(node: ts.FunctionLikeDeclaration): void
}

/** What the compiler does not know, and where it stands. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError'

  constructor(node: ts.Node, what = `${ts.SyntaxKind[node.kind]} is not supported`) {
    const source = node.getSourceFile()
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    super(`${source.fileName}:${line + 1}: ${what}`)
  }
}

/** How one kind of node becomes code. @returns whether the node is of that kind */
export type Rule = (emitter: Emitter, node: ts.Node) => boolean

export function rule<T extends ts.Node>(
  is: (node: ts.Node) => node is T,
  emit: (emitter: Emitter, node: T) => void,
): Rule {
  return (emitter, node) => {
    if (!is(node)) return false
    emit(emitter, node)
    return true
  }
}

/** A rule for nodes that are nothing but their kind. */
export function ruleOfKind(kind: ts.SyntaxKind, emit: (code: ActionCode) => void): Rule {
  return (emitter, node) => {
    if (node.kind !== kind) return false
    emit(emitter.code)
    return true
  }
}

/** The name that is declared or called. @throws UnsupportedError for anything but a plain name */
export function plainName(node: ts.Node | undefined, within: ts.Node): string {
  if (node !== undefined && (ts.isIdentifier(node) || ts.isStringLiteral(node))) return node.text
  throw new UnsupportedError(node ?? within, 'only a plain name may stand here')
}
