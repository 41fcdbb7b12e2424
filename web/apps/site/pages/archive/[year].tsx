/** One year of the archive. */
import { wordsOf } from "@masthead/ui";
import { loadArchive } from "../../data/archive.ts";
import { outcomeOf } from "../../lib/outcome.ts";
import { type ArchivePage, ArchiveView } from "../../views/archive.tsx";
import { shown } from "../../views/shown.tsx";

export const config = { unstable_runtimeJS: false };

export const getServerSideProps = outcomeOf<ArchivePage>(async ({ params }) => {
  const { chrome, years } = await loadArchive();
  const found = years.find(({ year }) => year === params?.year);
  if (!found) return { chrome, page: null };
  const page = {
    title: `${wordsOf(chrome.language).archive} ${found.year}`,
    path: `/archive/${found.year}`,
    total: found.entries.length,
    index: years.map(({ year }) => ({ year, href: `/archive/${year}` })),
    shown: [found],
  };
  return { chrome, page };
});

export default shown<ArchivePage>(ArchiveView);
