// The server, and the owner's account.
import { same, that } from "../../support/checks.mjs";

export async function own({ say, client, ann, bob }) {
  await say("the instance tells its address and limits", async () => {
    const { data } = await client.getInstance();
    same(data.uri, new URL(ann.base).host, "the address");
    that(data.configuration.statuses.max_characters >= 500, "a short post");
  });
  await say("activity, peers, emoji and announcements answer", async () => {
    same((await client.getInstanceActivity()).data.length, 12, "weeks");
    that((await client.getInstancePeers()).data.includes(new URL(bob.base).host), "Bob's server is unknown");
    same((await client.getInstanceCustomEmojis()).data.length + (await client.getInstanceAnnouncements()).data.length, 0, "how many");
  });
  await say("the account is verified and edited", async () => {
    same((await client.verifyAccountCredentials()).data.username, "ann", "the name");
    const { data } = await client.updateCredentials({ display_name: "Ann of the barn", note: "Cows, and hay", bot: false, fields_attributes: [{ name: "Barn", value: "Red" }] });
    same([data.display_name, data.source.note, data.fields[0].value.replace(/<[^>]+>/g, "")].join(), "Ann of the barn,Cows, and hay,Red", "it");
  });
  await say("preferences are read", async () => same((await client.getPreferences()).data["posting:default:visibility"], "public", "the visibility"));
}
