// The owner's words about themselves; out by the door and in again.
import { check, same, that } from "../support/checks.mjs";
import { place, post, settings, told } from "./page.mjs";
import { shoot } from "./shots.mjs";

export async function leaving({ alice, watched, page, reader, password }) {
  await check("the profile is edited in the settings and read in public", async () => {
    await place(page, "Settings").click();
    await page.getByLabel("About you").fill("I keep **notebooks** and a small herd.");
    await page.getByLabel("Label 1").fill("Home");
    await page.getByLabel("Content 1").fill("A valley in the south");
    await page.getByLabel("Ask me before someone follows").check();
    await page.locator("form", { hasText: "About you" }).getByRole("button", { name: "Save" }).click();
    await told(page, "Saved.");
    await reader.goto(`${alice.base}/@alice`);
    same(await reader.locator(".p-note strong").innerText(), "notebooks", "the strong word");
    that((await reader.locator("dl.facts").innerText()).includes("A valley in the south"), "the fact is missing");
    await shoot(page, "settings");
  });
  await check("after signing out the app asks for the password", async () => {
    await settings(page, "Access");
    await page.getByText("this browser", { exact: true }).waitFor();
    await shoot(page, "settings-access");
    await page.getByRole("button", { name: "Sign out here" }).click();
    await page.waitForURL(`${alice.base}/@alice`);
    same((await page.context().cookies()).length, 0, "the number of cookies");
    await page.goto(`${alice.base}/home`);
    same(page.url(), `${alice.base}/sign-in?next=%2Fhome`, "the address");
    await shoot(page, "sign-in");
  });
  await check("a wrong password is refused", async () => {
    watched.expect("POST", "/session", 401);
    await signIn(page, "incorrect horse");
    that((await page.getByRole("alert").innerText()).includes("do not belong together"), "it does not say why");
    same((await page.context().cookies()).length, 0, "the number of cookies");
  });
  await check("the right password opens home again, with everything in it", async () => {
    await signIn(page, password);
    await page.waitForURL(`${alice.base}/home`);
    await post(page, "half full").waitFor();
  });
}

async function signIn(page, password) {
  await page.getByLabel("User name").fill("alice");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
