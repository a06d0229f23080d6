import ts from 'typescript'
import { ActionCode, actionWith, ConstantPool, MAX_UINT16, zeroEnded } from './action-code.ts'
import { ACTION } from './actions.ts'
import { type Emitter, type Loop, plainName, type Rule, UnsupportedError } from './emitter.ts'
import { EXPRESSIONS } from './expressions.ts'
import { STATEMENTS } from './statements.ts'

/** A file of ActionScript. */
export interface Source {
  /** Stands before the line in complaints. */
  readonly name: string
  readonly text: string
}

/** Calls that are actions of their own when nobody wants their value. */
const COMMANDS: ReadonlyMap<string, (emitter: Emitter, values: readonly ts.Expression[]) => void> = new Map([
  [
    'trace',
    (emitter, [value]) => {
      if (value === undefined) emitter.code.undefined()
      else emitter.expression(value)
      emitter.code.do(ACTION.trace)
    },
  ],
  ['stop', ({ code }) => code.do(ACTION.stop)],
])

/**
 * Compiles the script of one frame: ActionScript 1, and of 2 the types, which mean nothing at run time. Classes,
 * `import`, `with`, `try` and regular expressions are not known. The grammar is TypeScript's, which has this one within.
 * @param sources  one script, as if they were one file
 * @throws UnsupportedError, SyntaxError
 */
export function compileScript(sources: readonly Source[]): Buffer {
  const constants = new ConstantPool()
  const script = new ScriptEmitter(constants)
  for (const source of sources) script.body(parse(source).statements)
  const code = script.code.toBytes()
  return Buffer.concat([constants.toCode(), code, Buffer.from([0])])
}

function parse({ name, text }: Source): ts.SourceFile {
  const { Latest } = ts.ScriptTarget
  const file = ts.createSourceFile(name, text, Latest, true, ts.ScriptKind.TS)
  const [error] = ts.transpileModule(text, { reportDiagnostics: true }).diagnostics ?? []
  if (error !== undefined) {
    const { line } = file.getLineAndCharacterOfPosition(error.start ?? 0)
    throw new SyntaxError(`${name}:${line + 1}: ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`)
  }
  return file
}

class ScriptEmitter implements Emitter {
  readonly code: ActionCode
  readonly loops: Loop[] = []

  constructor(constants: ConstantPool) {
    this.code = new ActionCode(constants)
  }

  body(statements: readonly ts.Statement[]): void {
    for (const statement of statements) if (ts.isFunctionDeclaration(statement)) this.function(statement)
    for (const statement of statements) if (!ts.isFunctionDeclaration(statement)) this.statement(statement)
  }

  statement(node: ts.Statement): void {
    this.#apply(STATEMENTS, node)
  }

  expression(node: ts.Expression): void {
    this.#apply(EXPRESSIONS, node)
  }

  effect(node: ts.Expression): void {
    const isPlainCall = ts.isCallExpression(node) && ts.isIdentifier(node.expression)
    const command = isPlainCall ? COMMANDS.get(node.expression.text) : undefined
    if (isPlainCall && command !== undefined) {
      command(this, node.arguments)
    } else {
      this.expression(node)
      this.code.do(ACTION.pop)
    }
  }

  function(node: ts.FunctionLikeDeclaration): void {
    const { body } = node
    if (body === undefined || !ts.isBlock(body)) throw new UnsupportedError(node)
    const inner = new ScriptEmitter(this.code.constants)
    inner.body(body.statements)
    const code = inner.code.toBytes()
    if (code.length > MAX_UINT16) throw new UnsupportedError(node, 'a function this long is not supported')
    const counts = Buffer.alloc(4)
    counts.writeUInt16LE(node.parameters.length, 0)
    counts.writeUInt16LE(code.length, 2)
    const head = Buffer.concat([
      zeroEnded(node.name === undefined ? '' : plainName(node.name, node)),
      counts.subarray(0, 2),
      ...node.parameters.map(({ name }) => zeroEnded(plainName(name, node))),
      counts.subarray(2),
    ])
    this.code.append(actionWith(ACTION.defineFunction, head))
    this.code.append(code)
  }

  #apply(rules: readonly Rule[], node: ts.Node): void {
    if (!rules.some(rule => rule(this, node))) throw new UnsupportedError(node)
  }
}
