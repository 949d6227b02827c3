// Which version of a package a project uses decides some of what the models here compute: they ask
// since(package, version), "is it that version or a later one?".
// The answer is the newest version's where the project's manifest does not say.
import { packageVersion } from "ssot:host";

export function since(packageName, version) {
  const declared = packageVersion(packageName);
  if (declared === undefined) return true;
  const own = declared.split(".").map(Number);
  const asked = version.split(".").map(Number);
  for (let i = 0; i < asked.length; i++) {
    const part = own[i] ?? 0;
    if (part !== asked[i]) return part > asked[i];
  }
  return true;
}
