/** What a Relay application would hold; relay-compiler reads these texts and nothing here runs. */
import { graphql } from "relay-runtime";

export const POSTS = graphql`
  query documentsPostsQuery($count: Int!) {
    ...documentsPosts_query @arguments(count: $count)
  }
`;

export const POSTS_LIST = graphql`
  fragment documentsPosts_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 7 }, cursor: { type: "String" })
  @refetchable(queryName: "documentsPostsPaginationQuery") {
    posts(first: $count, after: $cursor) @connection(key: "documents_posts") {
      edges {
        node {
          id
          title
        }
      }
    }
  }
`;

/** From the other end: what is before comes in front. */
export const OLDEST = graphql`
  query documentsOldestQuery($count: Int!) {
    ...documentsOldest_query @arguments(count: $count)
  }
`;

export const OLDEST_LIST = graphql`
  fragment documentsOldest_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 7 }, cursor: { type: "String" })
  @refetchable(queryName: "documentsOldestPaginationQuery") {
    posts(last: $count, before: $cursor) @connection(key: "documentsOldest_posts") {
      edges {
        node {
          id
          title
        }
      }
    }
  }
`;

export const AUTHOR = graphql`
  query documentsAuthorQuery($slug: String!) {
    author(slug: $slug) {
      id
      ...documentsAuthor_author
    }
  }
`;

/** Refetched through `node(id:)`, as everything that has an id. */
export const AUTHOR_POSTS = graphql`
  fragment documentsAuthor_author on Author
  @argumentDefinitions(count: { type: "Int", defaultValue: 7 }, cursor: { type: "String" })
  @refetchable(queryName: "documentsAuthorPaginationQuery") {
    id
    name
    posts(first: $count, after: $cursor) @connection(key: "documents_author_posts") {
      edges {
        node {
          id
          title
        }
      }
    }
  }
`;
