/** Package managers beside npm, which npm's registry holds as packages. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder } from "./projects";

interface ManagerKind {
  readonly name: string;
  /** As npm installs it. */
  readonly tool: string;
  readonly bin: string;
  readonly manifest: object;
  /** Files of the project, by name. */
  readonly settings: Readonly<Record<string, string>>;
  readonly install: readonly string[];
  /** Runs a command of an installed package. */
  readonly exec: readonly string[];
  /** Runs Node.js with the installed packages. */
  readonly node: readonly string[];
}

export const MANAGERS: readonly ManagerKind[] = [
  {
    name: "pnpm",
    tool: "pnpm@9",
    bin: "pnpm",
    manifest: {},
    settings: {},
    install: ["install", "--silent"],
    exec: ["exec"],
    node: ["exec", "node"],
  },
  {
    name: "Yarn with Plug'n'Play",
    tool: "@yarnpkg/cli-dist@4",
    bin: "yarn",
    manifest: { packageManager: "yarn@4.0.0" },
    settings: { ".yarnrc.yml": "nodeLinker: pnp\nenableGlobalCache: false\nenableTelemetry: false\n", "yarn.lock": "" },
    install: ["install"],
    exec: ["run"],
    node: ["node"],
  },
];

/** A project whose dependencies are to be installed by one manager. */
export interface ManagedProject {
  readonly folder: string;
  install(): SpawnSyncReturns<string>;
  exec(...args: readonly string[]): SpawnSyncReturns<string>;
  node(...args: readonly string[]): SpawnSyncReturns<string>;
}

export function runIn(cwd: string, command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, npm_config_update_notifier: "false", ...env } });
}

/** The project, or why the manager cannot be had. */
export function managedProject(manager: ManagerKind, dependencies: Readonly<Record<string, string>>): ManagedProject | string {
  const tools = emptyFolder();
  writeFileSync(join(tools, "package.json"), "{}");
  const got = runIn(tools, "npm", ["install", "--no-audit", "--no-fund", "--silent", manager.tool]);
  if (got.status !== 0) return `${manager.tool} cannot be had: ${got.stderr}`;
  const folder = emptyFolder();
  const manifest = { name: "customer", private: true, ...manager.manifest, dependencies };
  for (const [file, text] of Object.entries({ ...manager.settings, "package.json": JSON.stringify(manifest) })) {
    writeFileSync(join(folder, file), text);
  }
  // Neither may fetch another version of itself, and a lock file may be written although CI is set.
  const env = { YARN_IGNORE_PATH: "1", YARN_ENABLE_IMMUTABLE_INSTALLS: "false", CI: "" };
  const run = (args: readonly string[]) => runIn(folder, join(tools, "node_modules", ".bin", manager.bin), args, env);
  return {
    folder,
    install: () => run(manager.install),
    exec: (...args) => run([...manager.exec, ...args]),
    node: (...args) => run([...manager.node, ...args]),
  };
}
