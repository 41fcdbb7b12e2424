/** The colours of packages/ui in the notations of programs that do not read our custom properties. */
import tokens from "../../../packages/ui/src/styles/tokens.css?raw";

export type Ground = "light" | "dark";
export type Palette = Readonly<Record<string, string>>;

/** Every colour of the tokens, `#rrggbb` by name, on one ground. */
export function palette(ground: Ground): Palette {
  const pairs = tokens.matchAll(/--(?<name>[a-z-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)/g);
  return Object.fromEntries([...pairs].map(({ groups }) => [groups?.name ?? "", groups?.[ground] ?? ""]));
}
