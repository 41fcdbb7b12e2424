/** `#rrggbb` as the numbers inside CSS's `hsl(…)`: GraphiQL mixes its transparency into them. */
export function hsl(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as [
    number,
    number,
    number,
  ];
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const [range, lightness] = [most - least, (most + least) / 2];
  const saturation = range === 0 ? 0 : range / (1 - Math.abs(2 * lightness - 1));
  return `${(60 * sector(red, green, blue)).toFixed(1)}, ${percent(saturation)}, ${percent(lightness)}`;
}

function sector(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (range === 0) return 0;
  if (most === red) return ((green - blue) / range + 6) % 6;
  return most === green ? (blue - red) / range + 2 : (red - green) / range + 4;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
