/** The toggle between light and dark. The choice is kept in this browser; without one the system's holds. */

const KEY = "theme";

export function themeToggle(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-island="theme"]');
  if (!button) return;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = (): boolean => {
    const { theme } = document.documentElement.dataset;
    return theme ? theme === "dark" : system.matches;
  };
  const label = (): void => {
    button.textContent = (isDark() ? button.dataset.light : button.dataset.dark) ?? "";
  };
  button.removeAttribute("aria-label");
  button.addEventListener("click", () => {
    choose(isDark() ? "light" : "dark");
    label();
  });
  system.addEventListener("change", label);
  label();
}

function choose(theme: "light" | "dark"): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
}
