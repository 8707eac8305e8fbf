import type { ModuleInfo } from '../runtime/module-info.ts';
import type { Manifest } from './manifest.ts';

/** What a manifest says of its module. */
export function describe(module: ModuleInfo, manifest: Manifest, base: string): void {
  module.manifestPath = manifest.path;
  module.moduleBase = base;
  module.moduleType = manifest.rootModule === undefined ? 'Manifest' : 'Script';
  module.rootModule = manifest.rootModule ?? '';
  module.version = manifest.version;
  module.description = manifest.texts('Description');
  module.author = manifest.texts('Author');
  module.companyName = manifest.texts('CompanyName');
  module.copyright = manifest.texts('Copyright');
  module.guid = manifest.texts('GUID') || module.guid;
  module.prefix = manifest.texts('DefaultCommandPrefix');
  module.privateData = manifest.privateData;
  module.compatibleEditions = manifest.list('CompatiblePSEditions') ?? [];
  module.galleryData = manifest.galleryData;
}
