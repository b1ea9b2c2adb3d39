// Pictures of a page in the sizes and colours that people have, and what axe says of each.
import { join } from "node:path";
import { accessible } from "./accessible.mjs";
import { that } from "../support/checks.mjs";
import { placeOf } from "./places.mjs";

const desktop = { width: 1280, height: 900 };
const sizes = { desktop, phone: { width: 390, height: 844 } };
const schemes = ["light", "dark"];

/** The places of the app of which there are pictures. */
export const shown = new Set();

/** Takes NAME-SIZE-SCHEME.png for all of them and leaves the page as it was. The place is told where the address has changed since. */
export async function shoot(page, name, place = placeOf(new URL(page.url()).pathname)) {
  if (place) shown.add(place);
  const broken = await page.evaluate(() => /\b(?:NaN|undefined)\b|\[object /.exec(document.body.innerText)?.[0]);
  that(!broken, `${name} says ${broken}`);
  const axe = await accessible(page);
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of schemes) {
      const view = `${name}-${size}-${colorScheme}`;
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(process.env.CI_OUT, `${view}.png`), animations: "disabled" });
      // In the dark nothing but the colours is another.
      await axe.judge(view, colorScheme === "dark" ? ["color-contrast", "link-in-text-block"] : undefined);
    }
  }
  await axe.leave();
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(desktop);
}
