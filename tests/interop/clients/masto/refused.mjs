import { same, that } from "../../support/checks.mjs";

/** Holds that a call is answered with this status, and with a text. */
export async function refused(status, work) {
  try {
    await work();
  } catch (failure) {
    same(failure.statusCode, status, "the status");
    that(failure.message.length > 0, "the error has no text");
    return;
  }
  throw new Error(`it was not refused with ${status}`);
}
