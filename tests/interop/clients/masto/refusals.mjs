// What is wrong is answered in words and changes nothing.
import { createRestAPIClient } from "masto";
import { same } from "../../support/checks.mjs";
import { refused } from "./refused.mjs";

export async function refusals({ say, ann, v1, token }) {
  const me = () => v1.accounts.verifyCredentials();
  await say("posts that say nothing or too much are refused", async () => {
    const before = (await me()).statusesCount;
    await refused(422, () => v1.statuses.create({ status: "" }));
    await refused(422, () => v1.statuses.create({ status: "m".repeat(100_000) }));
    await refused(422, () => v1.statuses.create({ status: "Hm", poll: { options: ["Only one"], expiresIn: 600 } }));
    await refused(404, () => v1.statuses.create({ status: "Hm", inReplyToId: "1" }));
    same((await me()).statusesCount, before, "posts");
  });
  await say("what is not there is not found", async () => {
    await refused(404, () => v1.accounts.$select("1").fetch());
    await refused(404, () => v1.lists.$select("1").fetch());
    await refused(404, () => v1.notifications.$select("nonsense").fetch());
  });
  await say("a wrong token and a missing scope are told apart", async () => {
    await refused(401, () => createRestAPIClient({ url: ann.base, accessToken: "nonsense" }).v1.timelines.home.list());
    await refused(403, () => createRestAPIClient({ url: ann.base, accessToken: token }).v1.admin.accounts.list());
  });
}
