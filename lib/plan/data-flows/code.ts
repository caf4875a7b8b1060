/**
 * Resources that run code, or trust certificates, which a service reads from a bucket. Whoever writes the object decides what runs with the
 * role of the resource.
 */
import { isObject, ownValue, parseJson } from "../../json";
import { isUnknown, unknownText } from "../../unknown";
import type { Instance } from "../resources/inventory";
import { inBlock } from "../resources/nested-blocks";
import { asFolder, asPossible, code, codeAt } from "./code-flow";
import { TEMPLATES } from "./code-in-templates";
import { CODE_PLACES, type Place } from "./code-places";
import { COMMANDS } from "./commands";
import { type Flow, type FlowReader, textFrom, textIn } from "./flow";

/** One value or a list of them. */
function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : [value].flat();
}

/** Gives the values of arguments: of each of the blocks around them, or of the resource itself. */
function holdersOf(resource: Instance, within?: string): readonly ((argument: string) => unknown)[] {
  if (within === undefined) return [(argument) => resource.get(argument)];
  const [first = "", ...rest] = within.split(".");
  const blocks = rest.reduce((found, step) => found.flatMap((block) => listOf(inBlock(block, step))), listOf(resource.get(first)));
  return blocks.map((block) => (argument) => inBlock(block, argument));
}

function flowsAt(resource: Instance, means: string, place: Place): Flow[] {
  return holdersOf(resource, place.within).flatMap((get): Flow[] => {
    if ("uri" in place)
      return listOf(get(place.uri)).flatMap((each) => codeAt(means, textFrom(each, `${resource.address}.${place.uri}`), place.isFolder));
    const [bucket, key] = [place.bucket, place.key].map((name) => textFrom(get(name), `${resource.address}.${name}`));
    if (bucket === undefined || (key === undefined && !place.isFolder)) return [];
    return [code(means, bucket, asFolder(key ?? "", place.isFolder))];
  });
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/create-project.html */
const buildProject: FlowReader = (resource) => {
  const sources = ["source", "secondary_sources"].flatMap((block) => holdersOf(resource, block));
  const isInS3 = (get: (argument: string) => unknown) => mayBe(get("type"), "S3");
  const locations = sources.filter(isInS3).flatMap((get) => textFrom(get("location"), `${resource.address}.source.location`) ?? []);
  const specifications = sources
    .flatMap((get) => textFrom(get("buildspec"), `${resource.address}.source.buildspec`) ?? [])
    .filter((text) => /^arn:/.test(text));
  const caches = holdersOf(resource, "cache").filter(isInS3);
  return [
    ...[...locations, ...specifications].flatMap((text) => codeAt("the source of a build project", text)),
    ...caches.flatMap((get) => codeAt("the cache of a build project", textFrom(get("location"), `${resource.address}.cache`), true)),
  ];
};

function mayBe(value: unknown, wanted: string): boolean {
  return isUnknown(value) || String(value).toUpperCase() === wanted;
}

/** A pipeline keeps its artifacts in a folder that begins with its name. */
const pipeline: FlowReader = (resource) => {
  const sources = holdersOf(resource, "stage.action")
    .filter((get) => mayBe(get("provider"), "S3") && mayBe(get("category"), "SOURCE"))
    .flatMap((get) => {
      const [bucket, key] = ["S3Bucket", "S3ObjectKey"].map((name) => textFrom(inBlock(get("configuration"), name), resource.address));
      return bucket === undefined ? [] : [code("the source of a pipeline", bucket, key ?? "")];
    });
  const name = textIn(resource, "name") ?? unknownText(`${resource.address}.name`);
  const stores = holdersOf(resource, "artifact_store").flatMap((get) => {
    const bucket = textFrom(get("location"), `${resource.address}.artifact_store.location`);
    return bucket === undefined
      ? []
      : [code("the artifacts of a pipeline", bucket, isUnknown(name) ? name : `${String(name).slice(0, 20)}/`)];
  });
  return [...sources, ...stores];
};

/** Files of environment variables and configurations of log routers. */
const taskDefinition: FlowReader = (resource) => {
  let containers: unknown;
  try {
    containers = parseJson(textIn(resource, "container_definitions") ?? "");
  } catch {
    return [];
  }
  return listOf(containers)
    .filter(isObject)
    .flatMap((container) => {
      const files = listOf(ownValue(container, "environmentFiles")).map((file) => ownValue(file, "value"));
      const router = ownValue(ownValue(ownValue(container, "firelensConfiguration"), "options"), "config-file-value");
      return [...files, router].flatMap((each) =>
        isUnknown(each) || /^arn:/.test(String(each)) ? codeAt("a file that a container reads", String(each)) : [],
      );
    });
};

export const CODE: readonly Readonly<Record<string, FlowReader>>[] = [
  Object.fromEntries(
    Object.entries(CODE_PLACES).map(([type, { means, places, isPossible }]) => [
      type,
      (resource: Instance) => {
        const flows = places.flatMap((place) => flowsAt(resource, means, place));
        return isPossible ? flows.map(asPossible) : flows;
      },
    ]),
  ),
  { aws_codebuild_project: buildProject, aws_codepipeline: pipeline, aws_ecs_task_definition: taskDefinition },
  COMMANDS,
  TEMPLATES,
];
