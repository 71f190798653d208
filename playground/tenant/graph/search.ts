import { badRequest } from './errors';
import type { Test } from './filter';

/** Words of a name as the index has them: letters and digits, without case. */
function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * `$search` of the directory: `"property:text"` clauses with `AND` and `OR` between them. Only `displayName` is
 * tokenised (each word of the text begins a word of the name); any other property behaves as `startsWith`.
 */
export function parseSearch(text: string): Test {
  const alternatives: Test[][] = [[]];
  let rest = text.trim();
  let first = true;
  while (rest !== '') {
    if (!first) {
      const joint = /^(AND|OR)\s+/.exec(rest);
      if (!joint) throw badRequest(`Syntax error: AND or OR expected in '${text}'.`);
      if (joint[1] === 'OR') alternatives.push([]);
      rest = rest.slice(joint[0].length);
    }
    const clause = /^"(\w+):((?:[^"\\]|\\.)*)"\s*/.exec(rest);
    if (!clause) throw badRequest(`Syntax error: character '${rest[0]}' is not valid in '${text}'.`);
    alternatives.at(-1)?.push(clauseTest(clause[1] ?? '', (clause[2] ?? '').replace(/\\(.)/g, '$1')));
    rest = rest.slice(clause[0].length);
    first = false;
  }
  return (row) => alternatives.some((tests) => tests.length > 0 && tests.every((test) => test(row)));
}

function clauseTest(property: string, text: string): Test {
  if (property === 'displayName') {
    const wanted = words(text);
    return (row) => {
      const have = words(String(row.displayName ?? ''));
      return wanted.length > 0 && wanted.every((word) => have.some((one) => one.startsWith(word)));
    };
  }
  return (row) =>
    String(row[property] ?? '')
      .toLowerCase()
      .startsWith(text.toLowerCase());
}
