/**
 * The browser that the stories run in: the one that `CHROMIUM_PATH` names, else one that the system has, else the
 * one in the npm package @sparticuz/chromium, unpacked once into `.cache/`. That package brings the few libraries
 * that a bare Debian lacks, and a font, so no system package is needed.
 */
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";
import { WEB } from "../../scripts/places.ts";

export interface Browser {
  readonly executablePath: string;
  /** Added to the browser's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Quiet, without a sandbox (containers run as root), and speaking to nobody but the page's own host. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
  "--hide-scrollbars",
];

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Find a browser, or unpack ours. */
export async function chromium(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH ?? onPath(SYSTEM_NAMES);
  if (named) return { executablePath: named, env: {} };
  const home = await unpacked();
  return {
    executablePath: join(home, "chromium"),
    env: {
      LD_LIBRARY_PATH: join(home, "lib"),
      FONTCONFIG_PATH: join(home, "fonts"),
      XDG_CACHE_HOME: join(home, "cache"),
      HOME: home,
    },
  };
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(":");
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder of our browser. Unpacking is done aside and renamed, so that two runs at once do not meet. */
async function unpacked(): Promise<string> {
  const require = createRequire(import.meta.url);
  const root = dirname(dirname(require.resolve("@sparticuz/chromium")));
  const { version } = require(join(root, "package.json")) as { version: string };
  const home = join(WEB, ".cache", `chromium-${version}`);
  if (existsSync(home)) return home;
  await mkdir(join(WEB, ".cache"), { recursive: true });
  const aside = mkdtempSync(join(WEB, ".cache", "unpacking-"));
  await unpack(join(root, "bin"), aside);
  try {
    renameSync(aside, home);
  } catch (error) {
    rmSync(aside, { recursive: true });
    if (!existsSync(home)) throw error;
  }
  return home;
}

async function unpack(packed: string, into: string): Promise<void> {
  await Promise.all([
    pipeline(createReadStream(join(packed, "al2023.tar.br")), createBrotliDecompress(), extract(into)),
    pipeline(createReadStream(join(packed, "fonts.tar.br")), createBrotliDecompress(), extract(into)),
    unpackProgram(join(packed, "chromium.br"), join(into, "chromium")),
  ]);
  await writeFile(join(into, "fonts", "fonts.conf"), FONTS_CONF);
}

async function unpackProgram(packed: string, file: string): Promise<void> {
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(file));
  await chmod(file, 0o755);
}

// The package's own configuration looks under /tmp; this one looks beside itself, and at the system's fonts.
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
