/**
 * Commands for operations of services whose clients the program does not bundle: the client of another service signs, sends, retries and
 * reads them. They are described as the SDK's own clients describe theirs.
 *
 * @see https://smithy.io/2.0/spec/http-bindings.html
 */

/** 0 is a text, 1 a number, 2 a boolean. A list is a structure or a list; or a type, and the traits that say where a member is sent. */
type Shape = number | readonly unknown[];

export interface OwnOperation {
  readonly name: string;
  /** Method, path, and the status of success. */
  readonly http: readonly [string, string, number];
  readonly input: Readonly<Record<string, Shape>>;
  readonly output: Readonly<Record<string, Shape>>;
}

const NAMESPACE = "vendor-destination";

export function structure(name: string, members: Readonly<Record<string, Shape>>): Shape {
  return [3, NAMESPACE, name, 0, Object.keys(members), Object.values(members)];
}

export function list(name: string, member: Shape): Shape {
  return [1, NAMESPACE, name, 0, member];
}

interface Context {
  readonly smithyContext: object;
  readonly commandName: string;
}

/** The arguments by which the SDK prepares a request: the last one describes the command. */
type Preparation = readonly [stack: unknown, configuration: unknown, options: unknown, context: Context];

/** The members of every command of the SDK. */
interface SdkCommand {
  schema?: unknown;
  resolveMiddlewareWithContext(...preparation: Preparation): unknown;
}

type CommandClass = new (input: unknown) => object;

/** @param Base a command of the client that sends the operation, without parameters that change the host name */
export function ownCommand(Base: unknown, { name, http, input, output }: OwnOperation): CommandClass {
  const operationSchema = [9, NAMESPACE, name, { http }, structure(`${name}Request`, input), structure(`${name}Response`, output)];
  return class extends (Base as new (input: unknown) => SdkCommand) {
    override schema = operationSchema;

    override resolveMiddlewareWithContext(...preparation: Preparation) {
      const [stack, configuration, options, context] = preparation;
      const smithyContext = { ...context.smithyContext, operation: name, operationSchema };
      const own = { ...context, commandName: `${name}Command`, smithyContext };
      return super.resolveMiddlewareWithContext(stack, configuration, options, own);
    }
  };
}
