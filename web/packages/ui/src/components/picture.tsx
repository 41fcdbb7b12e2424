/** An image that knows its size, so that nothing moves when it arrives. */
import type { ReactNode } from "react";
import type { Picture } from "../story.ts";

interface ImageProps {
  readonly picture: Picture;
  /** Seen without scrolling: fetched at once. */
  readonly isFirst?: boolean;
}

export function Image({ picture, isFirst = false }: ImageProps): ReactNode {
  return (
    <img
      src={picture.url}
      alt={picture.alt}
      width={picture.width ?? undefined}
      height={picture.height ?? undefined}
      loading={isFirst ? "eager" : "lazy"}
      fetchPriority={isFirst ? "high" : "auto"}
      decoding="async"
    />
  );
}
