/** What we use of tar-fs, which brings no types. */
declare module "tar-fs" {
  export function extract(into: string): NodeJS.WritableStream;
}
