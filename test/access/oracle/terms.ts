/** Terms of SMT-LIB. */

export function and(terms: readonly string[]): string {
  return terms.length === 1 ? terms[0]! : `(and true ${terms.join(" ")})`;
}

export function or(terms: readonly string[]): string {
  return terms.length === 1 ? terms[0]! : `(or false ${terms.join(" ")})`;
}

export function not(term: string): string {
  return `(not ${term})`;
}

export function quoted(text: string): string {
  const escaped = (character: string) => (/[\w/: .*?-]/.test(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return `"${Array.from(text, escaped).join("")}"`;
}

export function inExpression(variable: string, parts: readonly string[]): string {
  const whole = parts.length === 0 ? '(str.to_re "")' : parts.length === 1 ? parts[0] : `(re.++ ${parts.join(" ")})`;
  return `(str.in_re ${variable} ${whole})`;
}
