// The owner's own account.
import { same, that } from "../../support/checks.mjs";
import { png } from "../picture.mjs";

export async function profile({ say, v1 }) {
  const picture = () => new Blob([png], { type: "image/png" });

  await say("the account is verified", async () => same((await v1.accounts.verifyCredentials()).username, "ann", "the name"));
  await say("the account is edited", async () => {
    const me = await v1.accounts.updateCredentials({ displayName: "Ann of the hill", note: "I like cows", fieldsAttributes: [{ name: "Farm", value: "Hill" }], discoverable: true });
    same(me.displayName, "Ann of the hill", "the name");
    same(me.fields[0].value.replace(/<[^>]+>/g, ""), "Hill", "the field");
    same(me.source.note, "I like cows", "the source");
  });
  await say("an avatar is sent", async () => {
    const me = await v1.accounts.updateCredentials({ avatar: picture() });
    same((await fetch(me.avatar)).headers.get("content-type"), "image/png", "the type");
  });
  await say("the profile shows the same, and is edited", async () => {
    same((await v1.profile.fetch()).displayName, "Ann of the hill", "the name");
    const edited = await v1.profile.update({ displayName: "Ann of the valley", hideCollections: false, showMedia: true });
    same(edited.displayName, "Ann of the valley", "the new name");
    same((await v1.accounts.verifyCredentials()).displayName, "Ann of the valley", "the account's");
  });
  await say("a header is sent and taken away", async () => {
    const before = (await v1.accounts.verifyCredentials()).header;
    that((await v1.profile.update({ header: picture() })).header !== before, "it did not change");
    same((await v1.profile.header.remove()).header, before, "the header");
  });
  await say("preferences follow the account", async () => {
    await v1.accounts.updateCredentials({ source: { privacy: "unlisted", language: "de" } });
    const preferences = await v1.preferences.fetch();
    same(preferences["posting:default:visibility"], "unlisted", "the visibility");
    same(preferences["posting:default:language"], "de", "the language");
    await v1.accounts.updateCredentials({ source: { privacy: "public", language: "en" } });
  });
}
