/** Pictures of pages, kept for people to look at. What a story demands, it asserts about the page itself. */
import { fileURLToPath } from "node:url";
import { type Page, test } from "@playwright/test";

const FOLDER = fileURLToPath(new URL("../../../.artefacts/screenshots/", import.meta.url));

/**
 * Keep a picture of the page as NAME.png. A Chromium without a graphics card sometimes has no frame to give while the
 * machine is busy; the report then says that the picture is missing, and the story goes on.
 */
export async function keepPicture(page: Page, name: string, fullPage = false): Promise<void> {
  try {
    await page.screenshot({ path: `${FOLDER}${name}.png`, fullPage });
  } catch (error) {
    if (!String(error).includes("Unable to capture screenshot")) throw error;
    test.info().annotations.push({ type: "no picture", description: `${name}: ${error}` });
  }
}
