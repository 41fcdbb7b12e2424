/** Marks the section being read in the contents, and keeps them open where they stand beside the text. */

export function contents(): void {
  const details = document.querySelector<HTMLDetailsElement>('[data-island="contents"]');
  if (!details) return;
  const wide = matchMedia("(width >= 68rem)");
  const fit = (): void => {
    details.open = wide.matches;
    // Beside the text there is nothing to fold, so nothing to stop at with the keyboard either.
    details.querySelector("summary")?.setAttribute("tabindex", wide.matches ? "-1" : "0");
  };
  wide.addEventListener("change", fit);
  fit();
  follow(details);
}

function follow(details: HTMLElement): void {
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of details.querySelectorAll<HTMLAnchorElement>("a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const mark = (): void => {
    const passed = [...links.keys()].filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const current = passed.at(-1);
    for (const [heading, link] of links) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let isAsked = false;
  addEventListener(
    "scroll",
    () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}
