/** What relay-compiler exports: the path of its program for this machine. */
declare module "relay-compiler" {
  const program: string | null;
  export default program;
}
