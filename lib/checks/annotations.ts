import { Annotations, type App } from "cdktf";
import type { IConstruct } from "constructs";

/** An annotation of this package. */
interface Annotation {
  readonly construct: IConstruct;
  readonly level: "Info" | "Warning";
  readonly text: string;
}

const annotationsOf = new WeakMap<IConstruct, Annotation[]>();

export function addWarning(construct: IConstruct, text: string): void {
  Annotations.of(construct).addWarning(text);
  remember({ construct, level: "Warning", text });
}

export function addInfo(construct: IConstruct, text: string): void {
  Annotations.of(construct).addInfo(text);
  remember({ construct, level: "Info", text });
}

function remember(annotation: Annotation): void {
  const { root } = annotation.construct.node;
  const annotations = annotationsOf.get(root);
  if (annotations) annotations.push(annotation);
  else annotationsOf.set(root, [annotation]);
}

/** Prints the annotations of this package on stderr. `cdktf synth` prints all annotations itself; `node main.js` prints none. */
export function printAnnotations(app: App): void {
  // Set by `cdktf synth` for the program that it starts, because it prints annotations.
  if (process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS !== undefined) return;
  const constructs = new Set(app.node.findAll());
  for (const { construct, level, text } of annotationsOf.get(app) ?? []) {
    if (constructs.has(construct)) process.stderr.write(`${level}: ${text} (at ${construct.node.path})\n`);
  }
}
