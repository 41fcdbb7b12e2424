/** Where notes stand beside the text, a reference leads there and not to the hidden copy at the end. */

export function sideNotes(): void {
  const references = [...document.querySelectorAll<HTMLAnchorElement>(".footnote-ref a[data-footnote-ref]")];
  if (references.length === 0) return;
  const wide = matchMedia("(width >= 80rem)");
  const aim = (): void => {
    for (const reference of references) {
      const id = decodeURIComponent(reference.hash.slice(1)).replace(/^beside-/, "");
      const isBeside = wide.matches && document.getElementById(`beside-${id}`) !== null;
      reference.setAttribute("href", `#${isBeside ? "beside-" : ""}${encodeURIComponent(id)}`);
    }
  };
  wide.addEventListener("change", aim);
  aim();
}
