/**
 * Commands for operations of services whose clients the program does not bundle: the client of another service signs, sends, retries and
 * reads them. They are described as the SDK's own clients describe theirs.
 *
 * @see https://smithy.io/2.0/spec/http-bindings.html
 */

/** A type: 0 is a text, 1 a number, 2 a boolean. */
type Shape = number | readonly unknown[];
/** A type, with the traits that say where in the request or the answer the member is. */
type Member = number | readonly [Shape, Readonly<Record<string, unknown>>] | readonly unknown[];

export interface OwnOperation {
  readonly name: string;
  /** Method, path, and the status of success. */
  readonly http: readonly [string, string, number];
  readonly input: Readonly<Record<string, Member>>;
  readonly output: Readonly<Record<string, Member>>;
}

const NAMESPACE = "vendor-destination";

export function structure(name: string, members: Readonly<Record<string, Member>>): Shape {
  return [3, NAMESPACE, name, 0, Object.keys(members), Object.values(members)];
}

export function list(name: string, member: Member): Shape {
  return [1, NAMESPACE, name, 0, member];
}

interface Context {
  readonly smithyContext: object;
  readonly commandName: string;
}

/** What every command of the SDK has. */
interface SdkCommand {
  schema?: unknown;
  resolveMiddlewareWithContext(stack: unknown, configuration: unknown, options: unknown, context: Context): unknown;
}

type CommandClass = new (input: unknown) => object;

/** @param Base a command of the client that sends the operation, without parameters that change the host name */
export function ownCommand(Base: unknown, { name, http, input, output }: OwnOperation): CommandClass {
  const operationSchema = [9, NAMESPACE, name, { http }, structure(`${name}Request`, input), structure(`${name}Response`, output)];
  return class extends (Base as new (input: unknown) => SdkCommand) {
    override schema = operationSchema;

    override resolveMiddlewareWithContext(
      ...[stack, configuration, options, context]: Parameters<SdkCommand["resolveMiddlewareWithContext"]>
    ) {
      const smithyContext = { ...context.smithyContext, operation: name, operationSchema };
      return super.resolveMiddlewareWithContext(stack, configuration, options, {
        ...context,
        commandName: `${name}Command`,
        smithyContext,
      });
    }
  };
}
