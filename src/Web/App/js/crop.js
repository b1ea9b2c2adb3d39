/** Where a cropped picture keeps its middle, for `object-position`. @param {{ x: number, y: number } | null | undefined} focus */
export const cropVars = focus => focus ? { x: `${(focus.x + 1) * 50}%`, y: `${(1 - focus.y) * 50}%` } : {};
