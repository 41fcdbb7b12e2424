/** The identity's parts. They take plain values and know neither the API nor Next. */
export { Byline, People } from "./components/byline.tsx";
export { Footer } from "./components/footer.tsx";
export { Empty, Lead, StoryList, StoryRow } from "./components/front.tsx";
export { Index, type IndexEntry, PageHead, Year, type YearEntry } from "./components/listing.tsx";
export { FrontMasthead, Masthead } from "./components/masthead.tsx";
export {
  Contents,
  type ContentsEntry,
  Neighbours,
  PostCover,
  PostHead,
  PostTags,
  Prose,
  Related,
} from "./components/post.tsx";
export { PreviewBar } from "./components/preview.tsx";
export type { Day, NavigationItem, Person, Picture, Story } from "./story.ts";
export { type Words, wordsOf } from "./words.ts";
