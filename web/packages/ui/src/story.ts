/** What a list or a head needs to know of a post. Texts are ready to be read; nothing here knows the API. */
export interface Story {
  readonly href: string;
  readonly title: string;
  readonly description: string | null;
  readonly date: Day;
  readonly authors: readonly Person[];
  readonly minutes: number;
  readonly cover: Picture | null;
}

export interface Day {
  /** For `<time datetime>`. */
  readonly iso: string;
  readonly text: string;
}

export interface Person {
  readonly name: string;
  readonly href: string;
}

export interface Picture {
  readonly url: string;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
}

export interface NavigationItem {
  readonly label: string;
  readonly href: string;
}
