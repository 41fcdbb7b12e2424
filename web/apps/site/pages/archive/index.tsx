/** The archive. Up to some 1,500 posts fit one page; a larger one shows its newest year and leads to the others. */
import { wordsOf } from "@masthead/ui";
import { loadArchive } from "../../data/archive.ts";
import { outcomeOf } from "../../lib/outcome.ts";
import { type ArchivePage, ArchiveView } from "../../views/archive.tsx";
import { shown } from "../../views/shown.tsx";

export const config = { unstable_runtimeJS: false };

// About 200 KB of HTML, 25 KB compressed.
const MOST_ON_ONE_PAGE = 1_500;

export const getServerSideProps = outcomeOf<ArchivePage>(async () => {
  const { chrome, years } = await loadArchive();
  const total = years.reduce((sum, { entries }) => sum + entries.length, 0);
  const isWhole = total <= MOST_ON_ONE_PAGE;
  const page = {
    title: wordsOf(chrome.language).archive,
    path: "/archive",
    total,
    index: years.map(({ year }) => ({ year, href: isWhole ? `#y${year}` : `/archive/${year}` })),
    shown: isWhole ? years : years.slice(0, 1),
  };
  return { chrome, page };
});

export default shown<ArchivePage>(ArchiveView);
