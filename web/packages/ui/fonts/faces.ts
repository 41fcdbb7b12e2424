/**
 * The faces of the identity: where each comes from and which cut of it is taken.
 *
 * Text and titles are Source Serif 4 (Frank Grießhammer, OFL): the text cut with old-style figures and real
 * small capitals, and its display cut, which is finer and tighter, for what is set large. Labels are Public
 * Sans, a Franklin Gothic, the grotesque of newspapers. Code is IBM Plex Mono.
 */
/// <reference path="./subset-font.d.ts" />
import type { SubsetOptions } from "subset-font";

export interface Face {
  readonly name: string;
  readonly family: "Masthead Text" | "Masthead Display" | "Masthead Sans" | "Masthead Mono";
  readonly style: "normal" | "italic";
  readonly weight: number;
  /** Package and file; one that is cut in pieces names `{part}`. */
  readonly file: string;
  readonly options: Pick<SubsetOptions, "keepFeatures" | "variationAxes">;
  /** What the core piece leaves to the next one, because this face hardly ever sets it. */
  readonly rare?: string;
  /** Needed for the first line that a reader sees. */
  readonly isPreloaded?: boolean;
}

const SERIF = "@expo-google-fonts/source-serif-4";
const FIGURES = ["kern", "liga", "onum", "pnum"];
const CODE_SIGNS = "^`{}|~\\<>@#$=_*+©·";

export const FACES: readonly Face[] = [
  {
    name: "text",
    family: "Masthead Text",
    style: "normal",
    weight: 400,
    file: `${SERIF}/400Regular/SourceSerif4_400Regular.ttf`,
    options: { keepFeatures: [...FIGURES, "smcp"] },
    isPreloaded: true,
  },
  {
    name: "text-italic",
    family: "Masthead Text",
    style: "italic",
    weight: 400,
    file: `${SERIF}/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf`,
    options: { keepFeatures: ["kern", "onum"] },
    rare: CODE_SIGNS,
  },
  {
    name: "text-bold",
    family: "Masthead Text",
    style: "normal",
    weight: 600,
    file: `${SERIF}/600SemiBold/SourceSerif4_600SemiBold.ttf`,
    options: { keepFeatures: ["kern", "onum"] },
    rare: CODE_SIGNS,
  },
  {
    name: "display",
    family: "Masthead Display",
    style: "normal",
    weight: 500,
    file: "@fontsource-variable/source-serif-4/files/source-serif-4-{part}-standard-normal.woff2",
    options: { keepFeatures: ["kern", "liga"], variationAxes: { opsz: 60, wght: 480 } },
    rare: CODE_SIGNS,
    isPreloaded: true,
  },
  {
    name: "sans",
    family: "Masthead Sans",
    style: "normal",
    weight: 500,
    file: "@fontsource-variable/public-sans/files/public-sans-{part}-wght-normal.woff2",
    options: { keepFeatures: ["kern", "tnum"], variationAxes: { wght: 480 } },
  },
  {
    name: "mono",
    family: "Masthead Mono",
    style: "normal",
    weight: 400,
    file: "@fontsource/ibm-plex-mono/files/ibm-plex-mono-{part}-400-normal.woff2",
    options: { keepFeatures: [] },
  },
];
