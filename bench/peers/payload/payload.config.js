// The bench's publication in Payload's words: Post, Author, Tag, Comment, read by everybody.
import { postgresAdapter } from "@payloadcms/db-postgres";
import { buildConfig } from "payload";

const open = { read: () => true };
const named = [
  { name: "name", type: "text", required: true, index: true },
  { name: "slug", type: "text", required: true, unique: true },
];

export default buildConfig({
  secret: "only for the bench",
  telemetry: false,
  typescript: { autoGenerate: false },
  // The third operation is above the default of 1000.
  graphQL: { maxComplexity: 100_000 },
  db: postgresAdapter({
    pool: { connectionString: process.env.DATABASE_URL, max: 16 },
    schemaName: "payload",
  }),
  collections: [
    {
      slug: "authors",
      access: open,
      fields: [...named, { name: "posts", type: "join", collection: "posts", on: "author" }],
    },
    { slug: "tags", access: open, fields: named },
    {
      slug: "posts",
      access: open,
      fields: [
        { name: "title", type: "text", required: true },
        { name: "slug", type: "text", required: true, unique: true },
        { name: "description", type: "text" },
        { name: "date", type: "date", required: true, index: true },
        { name: "author", type: "relationship", relationTo: "authors" },
        { name: "tags", type: "relationship", relationTo: "tags", hasMany: true },
        { name: "body", type: "textarea" },
        { name: "comments", type: "join", collection: "comments", on: "post" },
      ],
    },
    {
      slug: "comments",
      access: open,
      fields: [
        { name: "post", type: "relationship", relationTo: "posts" },
        { name: "name", type: "text" },
        { name: "posted", type: "date", index: true },
        { name: "text", type: "textarea" },
      ],
    },
  ],
});
