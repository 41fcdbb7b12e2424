/** Where things are in the workspace. */
import { fileURLToPath } from "node:url";

export const WEB = fileURLToPath(new URL("../", import.meta.url)).replace(/\/$/, "");
export const SITE = `${WEB}/apps/site`;
export const UI = `${WEB}/packages/ui`;
export const DIST = `${SITE}/dist`;
export const EXPLORER = `${WEB}/apps/explorer`;
