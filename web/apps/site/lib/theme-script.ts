/**
 * Runs before the first paint: a reader who chose a theme never sees the other one flash. It is inline, and the
 * content security policy names it by its hash. `data-scripts` tells the styles that the toggle works.
 */
export const THEME_SCRIPT = `(d=>{d.dataset.scripts="";try{const t=localStorage.getItem("theme");if(t==="light"||t==="dark")d.dataset.theme=t}catch{}})(document.documentElement)`;
