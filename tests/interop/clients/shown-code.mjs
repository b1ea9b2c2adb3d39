// BASE USERNAME ADDRESS: prints the code that an app without a page of its own asks for. For scripts in other languages.
import { shownCode } from "./sign-in.mjs";

const [base, username, address] = process.argv.slice(2);
console.log(await shownCode({ base, username }, address));
