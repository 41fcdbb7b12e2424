/**
 * All the script that a page carries. Each island finds its own elements, and a page reads well without any of them.
 */
import { contents } from "./contents.ts";
import { copyButtons } from "./copy.ts";
import { liveReload } from "./live.ts";
import { sideNotes } from "./notes.ts";
import { themeToggle } from "./theme.ts";

themeToggle();
copyButtons();
contents();
sideNotes();
liveReload();
