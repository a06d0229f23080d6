import ts from 'typescript'
import { Label } from './action-code.ts'
import { ACTION } from './actions.ts'
import { type Emitter, type Loop, plainName, type Rule, rule, UnsupportedError } from './emitter.ts'

/** Holds the name at hand of a `for ... in`. */
const NAME = 0
/** Holds the result while what lies above it on the stack is thrown away. */
const RESULT = 2

/** How each kind of statement becomes code. */
export const STATEMENTS: readonly Rule[] = [
  rule(ts.isBlock, (emitter, { statements }) => emitter.body(statements)),
  rule(ts.isEmptyStatement, () => {}),
  rule(ts.isVariableStatement, (emitter, node) => declare(emitter, node.declarationList)),
  rule(ts.isExpressionStatement, (emitter, node) => emitter.effect(node.expression)),
  rule(ts.isFunctionDeclaration, (emitter, node) => emitter.function(node)),
  rule(ts.isReturnStatement, giveBack),
  rule(ts.isIfStatement, choose),
  rule(ts.isWhileStatement, (emitter, node) => {
    loop(emitter, { condition: node.expression, body: node.statement })
  }),
  rule(ts.isForStatement, (emitter, node) => {
    const { initializer, condition, incrementor, statement: body } = node
    if (initializer !== undefined) {
      if (ts.isVariableDeclarationList(initializer)) declare(emitter, initializer)
      else emitter.effect(initializer)
    }
    loop(emitter, { condition, incrementor, body })
  }),
  rule(ts.isDoStatement, repeatAtLeastOnce),
  rule(ts.isForInStatement, enumerate),
  rule(ts.isSwitchStatement, branch),
  rule(ts.isBreakStatement, (emitter, node) => {
    const target = emitter.loops.at(-1)?.break
    if (target === undefined) throw new UnsupportedError(node, 'nothing to break out of')
    emitter.code.jump(target)
  }),
  rule(ts.isContinueStatement, (emitter, node) => {
    const target = emitter.loops.findLast(around => around.continue !== undefined)?.continue
    if (target === undefined) throw new UnsupportedError(node, 'no loop to go on with')
    emitter.code.jump(target)
  }),
]

function declare(emitter: Emitter, list: ts.VariableDeclarationList): void {
  const { code } = emitter
  for (const declaration of list.declarations) {
    code.text(plainName(declaration.name, declaration))
    if (declaration.initializer === undefined) {
      code.do(ACTION.defineLocal2)
    } else {
      emitter.expression(declaration.initializer)
      code.do(ACTION.defineLocal)
    }
  }
}

function giveBack(emitter: Emitter, node: ts.ReturnStatement): void {
  const { code, loops } = emitter
  if (node.expression === undefined) code.undefined()
  else emitter.expression(node.expression)
  const enumerations = loops.filter(around => around.isEnumeration).length
  if (enumerations > 0) {
    code.store(RESULT)
    code.do(ACTION.pop)
    for (let i = 0; i < enumerations; i++) discardNames(emitter)
    code.register(RESULT)
  }
  code.do(ACTION.return)
}

function choose(emitter: Emitter, node: ts.IfStatement): void {
  const { code } = emitter
  const [otherwise, end] = [new Label(), new Label()]
  emitter.expression(node.expression)
  code.jumpUnless(otherwise)
  emitter.statement(node.thenStatement)
  if (node.elseStatement !== undefined) {
    code.jump(end)
    code.mark(otherwise)
    emitter.statement(node.elseStatement)
    code.mark(end)
  } else {
    code.mark(otherwise)
  }
}

/** What is done again and again. */
interface Cycle {
  readonly condition?: ts.Expression | undefined
  readonly incrementor?: ts.Expression | undefined
  readonly body: ts.Statement
}

function loop(emitter: Emitter, { condition, incrementor, body }: Cycle): void {
  const { code } = emitter
  const [top, next, end] = [new Label(), new Label(), new Label()]
  code.mark(top)
  if (condition !== undefined) {
    emitter.expression(condition)
    code.jumpUnless(end)
  }
  within(emitter, { break: end, continue: next, isEnumeration: false }, () => emitter.statement(body))
  code.mark(next)
  if (incrementor !== undefined) emitter.effect(incrementor)
  code.jump(top)
  code.mark(end)
}

function repeatAtLeastOnce(emitter: Emitter, node: ts.DoStatement): void {
  const { code } = emitter
  const [top, next, end] = [new Label(), new Label(), new Label()]
  code.mark(top)
  within(emitter, { break: end, continue: next, isEnumeration: false }, () =>
    emitter.statement(node.statement),
  )
  code.mark(next)
  emitter.expression(node.expression)
  code.jumpIf(top)
  code.mark(end)
}

/** The names lie on the stack, a null below them. */
function enumerate(emitter: Emitter, node: ts.ForInStatement): void {
  const { code } = emitter
  const { initializer } = node
  const [top, left, end] = [new Label(), new Label(), new Label()]
  emitter.expression(node.expression)
  code.do(ACTION.enumerate2)
  code.mark(top)
  code.store(NAME)
  code.null()
  code.do(ACTION.equals2)
  code.jumpIf(end)
  const isDeclared = ts.isVariableDeclarationList(initializer)
  code.text(plainName(isDeclared ? initializer.declarations[0]?.name : initializer, node))
  code.register(NAME)
  code.do(isDeclared ? ACTION.defineLocal : ACTION.setVariable)
  within(emitter, { break: left, continue: top, isEnumeration: true }, () =>
    emitter.statement(node.statement),
  )
  code.jump(top)
  code.mark(left)
  discardNames(emitter)
  code.mark(end)
}

/** Takes the names off the stack that were not come to, and the null. */
function discardNames({ code }: Emitter): void {
  const top = new Label()
  code.mark(top)
  code.null()
  code.do(ACTION.equals2)
  code.jumpUnless(top)
}

function branch(emitter: Emitter, node: ts.SwitchStatement): void {
  const { code } = emitter
  const end = new Label()
  const clauses = node.caseBlock.clauses.map(clause => ({ clause, start: new Label() }))
  for (const { clause, start } of clauses) {
    if (ts.isDefaultClause(clause)) continue
    emitter.expression(node.expression)
    emitter.expression(clause.expression)
    code.do(ACTION.strictEquals)
    code.jumpIf(start)
  }
  code.jump(clauses.find(({ clause }) => ts.isDefaultClause(clause))?.start ?? end)
  within(emitter, { break: end, continue: undefined, isEnumeration: false }, () => {
    for (const { clause, start } of clauses) {
      code.mark(start)
      emitter.body(clause.statements)
    }
  })
  code.mark(end)
}

function within(emitter: Emitter, around: Loop, emit: () => void): void {
  emitter.loops.push(around)
  emit()
  emitter.loops.pop()
}
