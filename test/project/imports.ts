import { posix } from 'node:path';
import { parseSync } from '@swc/core';

export interface Import {
  readonly name: string;
  /** Erased when compiled: knows a shape, runs nothing. */
  readonly typeOnly: boolean;
}

type Node = { readonly type?: string; readonly [key: string]: unknown };

/** Every module that a TypeScript source names: import, export from, require, dynamic import, types by import(). */
export function importsOf(source: string, tsx = false): Import[] {
  const found: Import[] = [];
  visit(parseSync(source, { syntax: 'typescript', tsx, target: 'es2023' }) as unknown as Node, found);
  return found;
}

function visit(node: unknown, found: Import[]): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, source, specifiers, ...rest } = node as Node;
  if (type === 'ImportDeclaration' || type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration') {
    if (source) found.push({ name: literal(source), typeOnly: isTypeOnly(node as Node) });
  } else if (type === 'TsImportType') {
    found.push({ name: literal(rest.argument), typeOnly: true });
  } else if (type === 'TsExternalModuleReference') {
    found.push({ name: literal(rest.expression), typeOnly: false });
  } else if (type === 'CallExpression') {
    const callee = rest.callee as Node;
    const called = String(callee.value ?? (callee.property as Node | undefined)?.value ?? callee.type);
    const first = (rest.arguments as { readonly expression: Node }[])[0]?.expression;
    if (['Import', 'require', 'getBuiltinModule', 'resolve'].includes(called) && first?.type === 'StringLiteral')
      found.push({ name: literal(first), typeOnly: false });
    // A name that is put together cannot be judged here, so it counts as one that nobody may import.
    else if (['Import', 'require'].includes(called)) found.push({ name: '(computed)', typeOnly: false });
  }
  for (const part of Object.values(node)) visit(part, found);
}

function isTypeOnly(node: Node): boolean {
  if (node.typeOnly === true) return true;
  const specifiers = (node.specifiers ?? []) as { readonly isTypeOnly?: boolean }[];
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.isTypeOnly === true);
}

function literal(node: unknown): string {
  return String((node as Node).value ?? '(computed)');
}

/** A path from the root for our own modules, the package's name for others; `node:` names stay as they are. */
export function target(file: string, name: string): string {
  if (name.startsWith('.')) return `/${posix.normalize(posix.join(posix.dirname(file), name)).replace(/\.tsx?$/, '')}`;
  if (name.startsWith('node:') || name.startsWith('(')) return name;
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}
