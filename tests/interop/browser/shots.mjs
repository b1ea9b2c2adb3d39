// Pictures of a page in the sizes and colours that people have.
import { join } from "node:path";

const desktop = { width: 1280, height: 900 };
const sizes = { desktop, phone: { width: 390, height: 844 } };
const schemes = ["light", "dark"];

/** Takes NAME-SIZE-SCHEME.png for all of them and leaves the page as it was. */
export async function shoot(page, name) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(process.env.CI_OUT, `${name}-${size}-${colorScheme}.png`), animations: "disabled" });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(desktop);
}
