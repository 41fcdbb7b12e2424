/** A button at each block of code that copies it. */

const SHOWN_FOR = 1_500;

export function copyButtons(): void {
  for (const prose of document.querySelectorAll<HTMLElement>(".prose[data-copy]")) {
    for (const figure of prose.querySelectorAll<HTMLElement>("figure.code")) {
      figure.append(button(figure, prose.dataset.copy ?? "", prose.dataset.copied ?? ""));
    }
  }
}

function button(figure: HTMLElement, copy: string, copied: string): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "code-copy label";
  element.textContent = copy;
  element.setAttribute("aria-live", "polite");
  element.addEventListener("click", async () => {
    await navigator.clipboard.writeText(figure.querySelector("code")?.textContent ?? "");
    element.textContent = copied;
    setTimeout(() => {
      element.textContent = copy;
    }, SHOWN_FOR);
  });
  return element;
}
