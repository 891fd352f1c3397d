/**
 * Small errors as people make them, one at a time: a bound off by one, a comparison the wrong way round, a call left
 * out, arguments swapped. Types, imports and the words of messages are left alone.
 */

import ts from 'typescript';

const { SyntaxKind } = ts;

/** What may stand in the place of an operator. */
const operators = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
};

const siblings = {
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  every: 'some',
  some: 'every',
  unshift: 'push',
};

const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** Types, imports, decorators, and what makes an error: its words are for people. */
function isPassedOver(node) {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isDecorator(node)) return true;
  return ts.isNewExpression(node) && /(Error|Damage|Jpeg)$/.test(node.expression.getText());
}

/** Not where it is a key, as in `{ 0: 'zero' }`. */
function literalsOf(node) {
  if (node.parent && ts.isPropertyAssignment(node.parent) && node.parent.name === node) return [];
  if (node.kind === SyntaxKind.TrueKeyword) return ['false'];
  if (node.kind === SyntaxKind.FalseKeyword) return ['true'];
  if (!ts.isNumericLiteral(node)) return [];
  const value = Number(node.text);
  if (!Number.isInteger(value)) return [`(2 * ${node.getText()})`];
  return value === 0 ? ['1'] : [String(value + 1), String(value - 1)];
}

function isVoid(node) {
  const type = node.type?.getText();
  return type === 'void' || type === 'Promise<void>';
}

/** Each as the part of the text that it replaces, what stands there instead, and what kind of error that is. */
function* changesOf(node, source) {
  const all = (kind, replacement, target = node) => ({
    kind,
    start: target.getStart(source),
    end: target.end,
    replacement,
  });
  if (ts.isBinaryExpression(node)) {
    const { operatorToken, left, right } = node;
    const isJoining = operatorToken.kind === SyntaxKind.PlusToken && (isText(left) || isText(right));
    for (const other of isJoining ? [] : (operators[operatorToken.getText(source)] ?? [])) {
      yield all('another operator', other, operatorToken);
    }
  }
  if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && !ts.isForStatement(node.parent)) {
    const operand = node.operand.getText(source);
    if (node.operator === SyntaxKind.MinusToken) yield all('a sign left out', operand);
    if (node.operator === SyntaxKind.ExclamationToken) yield all('a negation left out', operand);
  }
  for (const other of literalsOf(node)) yield all('another constant', other);
  if (ts.isIfStatement(node)) {
    yield all('a condition negated', `!(${node.expression.getText(source)})`, node.expression);
    if (!node.elseStatement) yield all('a statement left out', ';');
  }
  if (ts.isConditionalExpression(node)) {
    yield all('a condition negated', `!(${node.condition.getText(source)})`, node.condition);
  }
  if (ts.isExpressionStatement(node) && !/^super\(/.test(node.getText(source))) yield all('a statement left out', ';');
  if (node.kind === SyntaxKind.ContinueStatement) yield all('a statement left out', ';');
  if (ts.isAwaitExpression(node)) yield all('an await left out', node.expression.getText(source));
  if (ts.isCallExpression(node)) {
    const [first, second] = node.arguments;
    const isSymmetric = /\b(min|max|add|mul|and|or|xor)$/.test(node.expression.getText(source));
    if (second && !isSymmetric && first.getText(source) !== second.getText(source)) {
      const between = source.text.slice(first.end, second.getStart(source));
      const start = first.getStart(source);
      const replacement = second.getText(source) + between + first.getText(source);
      yield { kind: 'arguments swapped', start, end: second.end, replacement };
    }
    const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : undefined;
    const other = name && siblings[name.text];
    if (other) yield all('another function', other, name);
  }
  if (
    ts.isFunctionLike(node) &&
    node.body &&
    ts.isBlock(node.body) &&
    isVoid(node) &&
    node.body.statements.length > 0
  ) {
    const start = node.body.getStart(source) + 1;
    yield { kind: 'returned at once', start, end: start, replacement: ' return;' };
  }
}

/**
 * Every change that could be made to a file, in the order of its text.
 * @param {string} path of the file, for its kind alone
 * @param {string} text
 */
export function mutationsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const mutations = [];
  const visit = (node) => {
    if (isPassedOver(node)) return;
    for (const change of changesOf(node, source)) {
      const line = source.getLineAndCharacterOfPosition(change.start).line + 1;
      mutations.push({ path, line, ...change, before: text.slice(change.start, change.end) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutations;
}

export function mutated(text, { start, end, replacement }) {
  return text.slice(0, start) + replacement + text.slice(end);
}
