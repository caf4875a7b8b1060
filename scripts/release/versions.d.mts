export const PLACES: readonly { readonly path: string; readonly pattern: RegExp }[];
export function problems(root: string): readonly string[];
export function writeVersion(root: string, day: string): void;
