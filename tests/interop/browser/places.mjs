// Every page that there is: the places of the app, as the server lists them, and what everybody may see.
import { readFileSync } from "node:fs";
import { that, until } from "../support/checks.mjs";

const source = readFileSync(new URL("../../../src/Web/AppPagesApi.cs", import.meta.url), "utf8");

/** The places of the app, such as `/people/{id}`. */
export const declared = [.../Places =\s*\[([^\]]*)\]/.exec(source)[1].matchAll(/"([^"]+)"/g)].map(([, place]) => place);

/** Which of them an address belongs to. @param {string} path @returns {string | undefined} */
export const placeOf = (path) => declared.find((place) => new RegExp(`^${place.replace(/\{\w+\}/g, "[^/]+")}$`).test(path));

/** `/people/{id}` as `people-id`: what its picture is called. */
export const nameOf = (place) => place.replace(/^\//, "").replace(/\W+/g, "-").replace(/-$/, "");

/**
 * An address for each place, for an owner who has a post, a list, a followed tag and somebody to look at.
 * @returns {Promise<Map<string, string | undefined>>} none for a place that nobody gave an example of
 */
export async function addresses(page) {
  const get = (path) => page.evaluate((path) => fetch(path).then((answer) => answer.json()), path);
  const [statuses, lists, tags] = [await get("/api/v1/timelines/home?limit=40"), await get("/api/v1/lists"), await get("/api/v2/search?type=hashtags&q=lettuce")];
  const me = await get("/api/v1/accounts/verify_credentials"), [friend] = await get(`/api/v1/accounts/${me.id}/following`);
  const of = {
    "/posts/{id}": statuses.find((status) => status.in_reply_to_id)?.id,
    "/lists/{id}": lists[0]?.id,
    "/tagged/{name}": tags.hashtags[0]?.name,
    "/people/{id}": friend?.id,
    "/people/{id}/followers": me.id,
    "/people/{id}/following": me.id,
  };
  return new Map(declared.map((place) => [place, !place.includes("{") ? place : of[place] && place.replace(/\{\w+\}/, of[place])]));
}

/** Opens an address of the app and waits until it is drawn. */
export async function visit(page, base, address) {
  await page.goto(base + address);
  await drawn(page, address);
}

export async function drawn(page, what) {
  await page.locator("#main h1").first().waitFor({ state: "attached" });
  // A long list has more to come below the window.
  await until(`nothing of ${what} is still to come`, () => page.evaluate(() =>
    [...document.querySelectorAll("#main .skeleton")].every((bones) => bones.getBoundingClientRect().top > innerHeight)));
  that(!(await page.title()).startsWith("Not here"), `${what} has no view`);
  const wrong = await page.locator("#main .trouble").allInnerTexts();
  that(wrong.length === 0, `${what} says: ${wrong.join("; ")}`);
}

/** What everybody may see, as name, path and status. @param {{ post: string, gone: string }} ids of a post and of one that was deleted */
export const open = ({ post, gone }) => [
  ["public-profile", "/@alice", 200],
  ["public-answers", "/@alice/with_replies", 200],
  ["public-media", "/@alice/media", 200],
  ["public-post", `/@alice/${post}`, 200],
  ["public-tag", "/tags/lettuce", 200],
  ["sign-in", "/sign-in", 200],
  ["interact-no-server", "/interact?from=nonsense", 400],
  ["404", "/nowhere", 404],
  ["410", `/@alice/${gone}`, 410],
];
