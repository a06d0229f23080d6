import ts from 'typescript'
import { Label } from './action-code.ts'
import { ACTION, type Action } from './actions.ts'
import { type Emitter, plainName, type Rule, rule, ruleOfKind, UnsupportedError } from './emitter.ts'

const Kind = ts.SyntaxKind

/** Registers for values that must be used twice. */
const ASSIGNED = 0
const BEFORE_STEP = 1

const BINARY: Readonly<Partial<Record<ts.SyntaxKind, readonly Action[]>>> = {
  [Kind.PlusToken]: [ACTION.add2],
  [Kind.MinusToken]: [ACTION.subtract],
  [Kind.AsteriskToken]: [ACTION.multiply],
  [Kind.SlashToken]: [ACTION.divide],
  [Kind.PercentToken]: [ACTION.modulo],
  [Kind.LessThanToken]: [ACTION.less2],
  [Kind.GreaterThanToken]: [ACTION.greater],
  [Kind.LessThanEqualsToken]: [ACTION.greater, ACTION.not],
  [Kind.GreaterThanEqualsToken]: [ACTION.less2, ACTION.not],
  [Kind.EqualsEqualsToken]: [ACTION.equals2],
  [Kind.ExclamationEqualsToken]: [ACTION.equals2, ACTION.not],
  [Kind.EqualsEqualsEqualsToken]: [ACTION.strictEquals],
  [Kind.ExclamationEqualsEqualsToken]: [ACTION.strictEquals, ACTION.not],
  [Kind.AmpersandToken]: [ACTION.bitAnd],
  [Kind.BarToken]: [ACTION.bitOr],
  [Kind.CaretToken]: [ACTION.bitXor],
  [Kind.LessThanLessThanToken]: [ACTION.bitLeftShift],
  [Kind.GreaterThanGreaterThanToken]: [ACTION.bitRightShift],
  [Kind.GreaterThanGreaterThanGreaterThanToken]: [ACTION.bitUnsignedRightShift],
  [Kind.InstanceOfKeyword]: [ACTION.instanceOf],
}

/** The operator within an assignment such as `+=`. */
const COMPOUND: Readonly<Partial<Record<ts.SyntaxKind, ts.SyntaxKind>>> = {
  [Kind.PlusEqualsToken]: Kind.PlusToken,
  [Kind.MinusEqualsToken]: Kind.MinusToken,
  [Kind.AsteriskEqualsToken]: Kind.AsteriskToken,
  [Kind.SlashEqualsToken]: Kind.SlashToken,
  [Kind.PercentEqualsToken]: Kind.PercentToken,
  [Kind.AmpersandEqualsToken]: Kind.AmpersandToken,
  [Kind.BarEqualsToken]: Kind.BarToken,
  [Kind.CaretEqualsToken]: Kind.CaretToken,
}

const SIGN: Readonly<Partial<Record<ts.SyntaxKind, Action>>> = {
  [Kind.ExclamationToken]: ACTION.not,
  [Kind.MinusToken]: ACTION.subtract,
  [Kind.PlusToken]: ACTION.toNumber,
}

/** How each kind of expression becomes code. */
export const EXPRESSIONS: readonly Rule[] = [
  rule(ts.isStringLiteralLike, ({ code }, { text }) => code.text(text)),
  rule(ts.isNumericLiteral, ({ code }, { text }) => code.number(Number(text))),
  ruleOfKind(Kind.TrueKeyword, code => code.boolean(true)),
  ruleOfKind(Kind.FalseKeyword, code => code.boolean(false)),
  ruleOfKind(Kind.NullKeyword, code => code.null()),
  ruleOfKind(Kind.ThisKeyword, code => {
    code.text('this')
    code.do(ACTION.getVariable)
  }),
  rule(isUndefined, ({ code }) => code.undefined()),
  rule(ts.isIdentifier, ({ code }, { text }) => {
    code.text(text)
    code.do(ACTION.getVariable)
  }),
  rule(ts.isParenthesizedExpression, (emitter, { expression }) => emitter.expression(expression)),
  rule(isMember, (emitter, node) => {
    reference(emitter, node)
    emitter.code.do(ACTION.getMember)
  }),
  rule(ts.isFunctionExpression, (emitter, node) => emitter.function(node)),
  rule(ts.isArrayLiteralExpression, (emitter, { elements }) => {
    pushArguments(emitter, elements)
    emitter.code.do(ACTION.initArray)
  }),
  rule(ts.isObjectLiteralExpression, objectLiteral),
  rule(ts.isCallExpression, call),
  rule(ts.isNewExpression, (emitter, node) => {
    pushArguments(emitter, node.arguments ?? [])
    const isMethod = reference(emitter, node.expression)
    emitter.code.do(isMethod ? ACTION.newMethod : ACTION.newObject)
  }),
  rule(ts.isTypeOfExpression, (emitter, { expression }) => {
    emitter.expression(expression)
    emitter.code.do(ACTION.typeOf)
  }),
  rule(ts.isDeleteExpression, (emitter, { expression }) => {
    emitter.code.do(reference(emitter, expression) ? ACTION.delete : ACTION.delete2)
  }),
  rule(ts.isConditionalExpression, conditional),
  rule(isStep, step),
  rule(ts.isPrefixUnaryExpression, sign),
  rule(isAssignment, assign),
  rule(isLogical, combine),
  rule(ts.isBinaryExpression, binary),
]

function isUndefined(node: ts.Node): node is ts.Identifier {
  return ts.isIdentifier(node) && node.text === 'undefined'
}

function isMember(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
}

/** Puts what can be assigned to on the stack: a name, or an object and a name. @returns whether it is the second */
function reference(emitter: Emitter, node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return reference(emitter, node.expression)
  if (ts.isIdentifier(node)) {
    emitter.code.text(node.text)
    return false
  }
  if (!isMember(node)) throw new UnsupportedError(node, 'neither a variable nor a member')
  emitter.expression(node.expression)
  if (ts.isPropertyAccessExpression(node)) emitter.code.text(node.name.text)
  else emitter.expression(node.argumentExpression)
  return true
}

/** The virtual machine wants the last first, so the last is also worked out first. */
function pushArguments(emitter: Emitter, values: readonly ts.Expression[]): void {
  for (const value of values.toReversed()) emitter.expression(value)
  emitter.code.number(values.length)
}

function objectLiteral(emitter: Emitter, { properties }: ts.ObjectLiteralExpression): void {
  for (const property of properties) {
    if (!ts.isPropertyAssignment(property)) throw new UnsupportedError(property)
    emitter.code.text(plainName(property.name, property))
    emitter.expression(property.initializer)
  }
  emitter.code.number(properties.length)
  emitter.code.do(ACTION.initObject)
}

function call(emitter: Emitter, node: ts.CallExpression): void {
  const { code } = emitter
  const { expression: called } = node
  pushArguments(emitter, node.arguments)
  if (ts.isIdentifier(called)) {
    code.text(called.text)
    code.do(ACTION.callFunction)
    return
  }
  if (isMember(called)) {
    reference(emitter, called)
  } else {
    // A value is called as its own nameless method.
    emitter.expression(called)
    code.undefined()
  }
  code.do(ACTION.callMethod)
}

function conditional(emitter: Emitter, node: ts.ConditionalExpression): void {
  const { code } = emitter
  const [otherwise, end] = [new Label(), new Label()]
  emitter.expression(node.condition)
  code.jumpUnless(otherwise)
  emitter.expression(node.whenTrue)
  code.jump(end)
  code.mark(otherwise)
  emitter.expression(node.whenFalse)
  code.mark(end)
}

/** `x++` and its like. */
type Step = ts.PrefixUnaryExpression | ts.PostfixUnaryExpression

function isStep(node: ts.Node): node is Step {
  return (
    ts.isPostfixUnaryExpression(node) ||
    (ts.isPrefixUnaryExpression(node) && [Kind.PlusPlusToken, Kind.MinusMinusToken].includes(node.operator))
  )
}

function step(emitter: Emitter, node: Step): void {
  const { code } = emitter
  const isOfObject = repeatableReference(emitter, node.operand)
  emitter.expression(node.operand)
  code.do(ACTION.toNumber)
  code.store(BEFORE_STEP)
  code.do(node.operator === Kind.PlusPlusToken ? ACTION.increment : ACTION.decrement)
  if (ts.isPrefixUnaryExpression(node)) code.store(BEFORE_STEP)
  code.do(isOfObject ? ACTION.setMember : ACTION.setVariable)
  code.register(BEFORE_STEP)
}

function sign(emitter: Emitter, node: ts.PrefixUnaryExpression): void {
  const { code } = emitter
  const { operand, operator } = node
  const action = SIGN[operator]
  if (action === undefined) throw new UnsupportedError(node, 'this sign is not supported')
  if (operator === Kind.MinusToken && ts.isNumericLiteral(operand)) {
    code.number(-Number(operand.text))
    return
  }
  if (operator === Kind.MinusToken) code.number(0)
  emitter.expression(operand)
  code.do(action)
}

/** A binary expression that assigns. */
interface Assignment extends ts.BinaryExpression {
  readonly operatorToken: ts.AssignmentOperatorToken
}

function isAssignment(node: ts.Node): node is Assignment {
  if (!ts.isBinaryExpression(node)) return false
  const { kind } = node.operatorToken
  return kind === Kind.EqualsToken || COMPOUND[kind] !== undefined
}

function assign(emitter: Emitter, node: Assignment): void {
  const { code } = emitter
  const { left, right } = node
  const within = COMPOUND[node.operatorToken.kind]
  const isOfObject = within === undefined ? reference(emitter, left) : repeatableReference(emitter, left)
  if (within !== undefined) emitter.expression(left)
  emitter.expression(right)
  if (within !== undefined) code.do(...actionsOf(within, node))
  code.store(ASSIGNED)
  code.do(isOfObject ? ACTION.setMember : ACTION.setVariable)
  code.register(ASSIGNED)
}

/** `a && b` and `a || b`, which may leave out their second half. */
interface Logical extends ts.BinaryExpression {
  readonly operatorToken: ts.BinaryOperatorToken
}

function isLogical(node: ts.Node): node is Logical {
  if (!ts.isBinaryExpression(node)) return false
  return [Kind.AmpersandAmpersandToken, Kind.BarBarToken].includes(node.operatorToken.kind)
}

function combine(emitter: Emitter, { left, right, operatorToken }: Logical): void {
  const { code } = emitter
  const end = new Label()
  emitter.expression(left)
  code.do(ACTION.pushDuplicate)
  if (operatorToken.kind === Kind.BarBarToken) code.jumpIf(end)
  else code.jumpUnless(end)
  code.do(ACTION.pop)
  emitter.expression(right)
  code.mark(end)
}

function binary(emitter: Emitter, node: ts.BinaryExpression): void {
  if (node.operatorToken.kind === Kind.CommaToken) {
    emitter.effect(node.left)
    emitter.expression(node.right)
    return
  }
  emitter.expression(node.left)
  emitter.expression(node.right)
  emitter.code.do(...actionsOf(node.operatorToken.kind, node))
}

function actionsOf(operator: ts.SyntaxKind, node: ts.BinaryExpression): readonly Action[] {
  const actions = BINARY[operator]
  if (actions === undefined)
    throw new UnsupportedError(node, `${node.operatorToken.getText()} is not supported`)
  return actions
}

/** A reference that is worked out once to be read and once to be written, so it must not do anything. */
function repeatableReference(emitter: Emitter, node: ts.Expression): boolean {
  if (!isRepeatable(node)) throw new UnsupportedError(node, 'would be worked out twice: use a variable')
  return reference(emitter, node)
}

function isRepeatable(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isPropertyAccessExpression(node))
    return isRepeatable(node.expression)
  if (ts.isElementAccessExpression(node))
    return isRepeatable(node.expression) && isRepeatable(node.argumentExpression)
  return ts.isIdentifier(node) || ts.isLiteralExpression(node) || node.kind === Kind.ThisKeyword
}
