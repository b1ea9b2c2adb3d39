// What the app's modules find in the browser beside the standard library of TypeScript.
interface Look { theme: string; contrast: string; size: string; density: string; language: string; deck: boolean }
interface CalfLook {
  languages: string[];
  read(): Look;
  write(change: Partial<Look>): void;
  apply(look?: Look): void;
  speak(): void;
}
declare var calfLook: CalfLook;
interface TrustedTypesRules { createHTML?(text: string): string; createScriptURL?(text: string): string; }
declare var trustedTypes: { createPolicy(name: string, rules: TrustedTypesRules): { createHTML(text: string): unknown; createScriptURL(text: string): unknown } } | undefined;
