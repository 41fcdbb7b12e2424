/** The few words that a page says by itself, by language; English where a language has none yet. */
export interface Words {
  readonly skip: string;
  readonly navigation: string;
  readonly contents: string;
  readonly archive: string;
  readonly tags: string;
  readonly authors: string;
  readonly feed: string;
  readonly by: string;
  readonly updated: string;
  readonly newer: string;
  readonly older: string;
  readonly related: string;
  readonly theme: string;
  readonly light: string;
  readonly dark: string;
  readonly copy: string;
  readonly copied: string;
  readonly subject: string;
  readonly author: string;
  readonly allPosts: string;
  readonly olderPosts: string;
  readonly footer: string;
  readonly preview: string;
  readonly notPublic: string;
  readonly until: string;
  readonly leave: string;
  readonly minutes: (count: number) => string;
  readonly posts: (count: number) => string;
}

const english: Words = {
  skip: "Skip to the text",
  navigation: "Publication",
  contents: "Contents",
  archive: "Archive",
  tags: "Subjects",
  authors: "Authors",
  feed: "Feed",
  by: "By",
  updated: "Updated",
  newer: "Newer",
  older: "Older",
  related: "On the same subjects",
  theme: "Colour theme",
  light: "Light",
  dark: "Dark",
  copy: "Copy",
  copied: "Copied",
  subject: "Subject",
  author: "Author",
  allPosts: "All posts, by year",
  olderPosts: "Older posts",
  footer: "About this site",
  preview: "Preview",
  notPublic: "Not public. The link works",
  until: "until",
  leave: "Leave",
  minutes: (count) => `${count} min`,
  posts: (count) => (count === 1 ? "1 post" : `${count.toLocaleString("en")} posts`),
};

const german: Words = {
  skip: "Zum Text",
  navigation: "Publikation",
  contents: "Inhalt",
  archive: "Archiv",
  tags: "Themen",
  authors: "Autoren",
  feed: "Feed",
  by: "Von",
  updated: "Aktualisiert",
  newer: "Neuer",
  older: "Älter",
  related: "Zum selben Thema",
  theme: "Farbschema",
  light: "Hell",
  dark: "Dunkel",
  copy: "Kopieren",
  copied: "Kopiert",
  subject: "Thema",
  author: "Autor",
  allPosts: "Alle Beiträge, nach Jahren",
  olderPosts: "Ältere Beiträge",
  footer: "Über diese Seite",
  preview: "Vorschau",
  notPublic: "Nicht öffentlich. Der Link gilt",
  until: "bis",
  leave: "Verlassen",
  minutes: (count) => `${count} Min.`,
  posts: (count) => (count === 1 ? "1 Beitrag" : `${count.toLocaleString("de")} Beiträge`),
};

/** The words of a language (BCP 47). */
export function wordsOf(language: string): Words {
  return language.toLowerCase().split("-")[0] === "de" ? german : english;
}
