/** The members that have a value. The rules treat an explicit `undefined` as missing. */
export function given<Props extends object>(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Props;
}
