/** What we use of subset-font, which brings no types. */
declare module "subset-font" {
  export interface SubsetOptions {
    readonly targetFormat?: "sfnt" | "woff" | "woff2";
    /** Four-letter OpenType features; all others are dropped with their glyphs. */
    readonly keepFeatures?: readonly string[];
    /** An axis pinned to a value. */
    readonly variationAxes?: Readonly<Record<string, number>>;
    readonly noHinting?: boolean;
    readonly dropTables?: readonly string[];
    readonly keepAllGlyphs?: boolean;
  }
  export default function subsetFont(font: Buffer, text: string, options: SubsetOptions): Promise<Buffer>;
}
