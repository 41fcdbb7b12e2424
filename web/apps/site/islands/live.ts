/** While the publication is being written (`masthead up`): a page that changed shows itself anew. */

export function liveReload(): void {
  if (!("live" in document.documentElement.dataset)) return;
  let shown: string | undefined;
  const changes = new EventSource("/-/changes");
  changes.addEventListener("message", ({ data }: MessageEvent<string>) => {
    if (shown !== undefined && data !== shown) location.reload();
    shown = data;
  });
  addEventListener("pagehide", () => changes.close());
}
