/** The members that have a value: the rules take an `undefined` that is written down for a value that is missing. */
export function given<Props extends object>(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Props;
}
