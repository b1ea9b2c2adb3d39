// What the app's modules find in the browser beside the standard library of TypeScript.
interface CalfLook {
  accents: Record<string, [lightness: number, chroma: number, hue: number]>;
  read(): { theme: string; accent: string };
  write(change: { theme?: string; accent?: string }): void;
  apply(look?: { theme: string; accent: string }): void;
}
declare var calfLook: CalfLook;
interface TrustedTypesRules { createHTML?(text: string): string; createScriptURL?(text: string): string; }
declare var trustedTypes: { createPolicy(name: string, rules: TrustedTypesRules): { createHTML(text: string): unknown; createScriptURL(text: string): unknown } } | undefined;
