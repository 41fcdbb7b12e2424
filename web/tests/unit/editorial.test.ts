/** Documents for `/graphql/draft` are typed from the editorial schema: mutations, history, archives, previews. */
import { editorial, type ResultOf, type VariablesOf } from "@masthead/client/editorial";
import { expectTypeOf, test } from "vitest";

const SAVE = editorial(`
  mutation Save($id: ID!, $base: ID!, $input: PostInput!) {
    savePost(id: $id, base: $base, input: $input) { revision number entry { title entry { state } } }
  }
`);
const READ = editorial(`
  query Read($id: ID!) {
    posts(archived: true) { nodes { title } }
    revisionDiff(id: $id, from: 1, to: 2) { after { number } changes { path before } }
    previews { kind url }
  }
`);

test("a mutation takes typed input, where every field may be left out", () => {
  type Given = VariablesOf<typeof SAVE>;
  expectTypeOf<Given["id"]>().toEqualTypeOf<string>();
  expectTypeOf<Given["input"]>().toExtend<{ title?: string | null }>();
  expectTypeOf<{ title: number }>().not.toExtend<Given["input"]>();
});

test("what is answered is what a draft may lack", () => {
  type Payload = NonNullable<ResultOf<typeof SAVE>["savePost"]>;
  expectTypeOf<Payload["number"]>().toEqualTypeOf<number>();
  type Entry = NonNullable<Payload["entry"]>;
  expectTypeOf<Entry["title"]>().toEqualTypeOf<string | null>();
  expectTypeOf<Entry["entry"]["state"]>().toEqualTypeOf<"ARCHIVED" | "CHANGED" | "DELETED" | "DRAFT" | "PUBLISHED">();
});

test("differences and previews have types of their own", () => {
  type Found = ResultOf<typeof READ>;
  type Change = NonNullable<Found["revisionDiff"]>["changes"][number];
  expectTypeOf<Change["path"]>().toEqualTypeOf<string>();
  expectTypeOf<Change["before"]>().toEqualTypeOf<unknown>();
  type Preview = NonNullable<Found["previews"]>[number];
  expectTypeOf<Preview["kind"]>().toEqualTypeOf<"LATEST" | "RELEASE" | "REVISION">();
});
