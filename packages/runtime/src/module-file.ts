/**
 * The file beside a module that runs as its worker: `.ts` in the repository (Node strips the types), `.js` in what people install.
 * @param moduleUrl `import.meta.url` of the caller
 * @param path relative path without extension, e.g. `./writer-worker`
 */
export function siblingModule(moduleUrl: string, path: string): URL {
  return new URL(`${path}${moduleUrl.endsWith('.ts') ? '.ts' : '.js'}`, moduleUrl);
}

/**
 * A file or folder of a package that is not code (migrations, schemas), by its path from the package's root.
 * Both forms keep a module at the same depth below the root (`src/…`), so one relative path serves both.
 * @param moduleUrl `import.meta.url` of the caller
 * @param path relative to the calling module, e.g. `../migrations/`
 */
export function packageAsset(moduleUrl: string, path: string): URL {
  return new URL(path, moduleUrl);
}
