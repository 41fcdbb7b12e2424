/** What stands inline in every page. The content security policy names each by its hash. */

/**
 * Runs before the first paint: a reader who chose a theme never sees the other one flash. `data-scripts` tells the styles that the toggle works.
 */
export const THEME_SCRIPT = `(d=>{d.dataset.scripts="";try{const t=localStorage.getItem("theme");if(t==="light"||t==="dark")d.dataset.theme=t}catch{}})(document.documentElement)`;

/** Pages are kept in memory, so fetching one that a reader is about to open costs next to nothing. */
export const SPECULATION_RULES = JSON.stringify({
  prefetch: [{ where: { href_matches: "/*" }, eagerness: "moderate" }],
});
