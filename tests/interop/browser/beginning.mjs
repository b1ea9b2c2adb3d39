// From an empty folder to the owner's first view of home.
import { readFileSync } from "node:fs";
import { check, same, that, until } from "../support/checks.mjs";
import { shoot } from "./shots.mjs";

export async function beginning({ alice, watched, browser, page, reader, password }) {
  await check("before it is set up, the first page says that nobody lives here", async () => {
    watched.expect("GET", "/", 404);
    await reader.goto(`${alice.base}/`);
    await reader.getByRole("heading", { name: "Nobody lives here yet" }).waitFor();
  });
  const link = await check("the server prints one link to begin with", () =>
    until("the link is in its output", () => /http:\S+\/setup\?token=\S+/.exec(readFileSync(alice.log, "utf8"))?.[0]));
  await check("a link with another token opens nothing", async () => {
    watched.expect("GET", "/setup", 403);
    await reader.goto(`${alice.base}/setup?token=guessed`);
    await reader.getByRole("heading", { name: "This link does not open" }).waitFor();
  });
  await check("the link opens a sheet that asks for name and password", async () => {
    await page.goto(link);
    await page.getByRole("heading", { name: "Welcome to your Calf" }).waitFor();
    await shoot(page, "setup");
  });
  await check("the browser already refuses a short password", async () => {
    await fill(page, "short");
    await page.getByRole("button", { name: "Begin" }).click();
    that(await page.getByLabel("Password").evaluate((input) => input.validity.tooShort), "the browser takes a short password");
    same(new URL(page.url()).pathname, "/setup", "the path");
  });
  await check("the server refuses a short password with a sentence and keeps what was typed", async () => {
    watched.expect("POST", "/setup", 422);
    await page.getByLabel("Password").evaluate((input) => input.removeAttribute("minlength"));
    await fill(page, "short");
    await page.getByRole("button", { name: "Begin" }).click();
    const said = await page.getByRole("alert").innerText();
    that(/password/i.test(said) && /\d+ characters/.test(said), `it says: ${said}`);
    same(await page.getByLabel("User name").inputValue(), "alice", "the user name");
    same(await page.getByLabel("Your name").inputValue(), "Alice Example", "the name");
    same(await page.getByLabel("Password").inputValue(), "", "the password");
    await shoot(page, "setup-refused");
  });
  await check("with a good password the account is made and its owner is signed in; the first steps can wait", async () => {
    await fill(page, password);
    await page.getByRole("button", { name: "Begin" }).click();
    await page.waitForURL(`${alice.base}/welcome`);
    await page.getByRole("link", { name: "Later" }).click();
    await page.waitForURL(`${alice.base}/home`);
    await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
    await page.getByText("Your field is still empty").waitFor();
    await shoot(page, "home-empty");
  });
  await check("the session's cookie is out of reach for scripts and other sites", async () => {
    const cookies = await browser.cookies();
    same(cookies.length, 1, "the number of cookies");
    that(cookies[0].httpOnly && ["Lax", "Strict"].includes(cookies[0].sameSite), JSON.stringify({ ...cookies[0], value: "" }));
  });
  await check("the link works once: it leads a stranger to the profile, and its form makes no second account", async () => {
    await reader.goto(link);
    same(reader.url(), `${alice.base}/@alice`, "where the link leads");
    const token = new URL(link).searchParams.get("token");
    const answer = await reader.request.post(`${alice.base}/setup`, { form: { token, username: "mallory", display_name: "", password }, headers: { Origin: alice.base }, maxRedirects: 0 });
    same(answer.status(), 303, "the answer");
    same(answer.headers()["set-cookie"], undefined, "the cookie");
    same((await reader.request.get(`${alice.base}/.well-known/webfinger?resource=acct:mallory@localhost:${new URL(alice.base).port}`)).status(), 404, "WebFinger of the second account");
  });
}

async function fill(page, password) {
  await page.getByLabel("User name").fill("alice");
  await page.getByLabel("Your name").fill("Alice Example");
  await page.getByLabel("Password").fill(password);
}
